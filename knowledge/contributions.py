"""What guidance gives to the rooms below."""

from django.utils.translation import gettext, gettext_lazy as _

from communities.news import news_of
from core.holdings import add_holdings
from core.notices import add_notice_kind
from core.outbox import Consumer, add_consumer
from core.periodic import PERIODIC
from core.sections import Section, add_section
from indexing.documents import add_source
from knowledge import desk, handover, holdings, interests, listings, notices
from knowledge.files import services as files
from knowledge.files.search_documents import FileSource
from knowledge.models import GuidancePage
from knowledge.search_documents import GuidanceSource
from people.handover import HANDOVERS
from reading.interests import add_reason

add_holdings(holdings.HELD, order=40)

TEMPLATE = "knowledge/of_community.html"

HANDOVERS.add("guidance", handover.GUIDANCE, order=30)
add_source(FileSource())
add_source(GuidanceSource())
desk.lay_out()
add_section(Section("community", "guidance", _("Guidance"), TEMPLATE, listings.guidance_of_community), order=40)
add_section(
    Section("for members of a community", "write", _("Guidance"), "knowledge/start.html", listings.write_guidance),
    order=7,
)
add_section(Section("topic", "guidance", _("Guidance"), TEMPLATE, listings.guidance_about), order=40)
add_reason("keeps", _("Because you look after “%(title)s”"), interests.guidance_kept_by, order=30, is_work=True)
# What changes who may find something comes first, however many files wait.
add_consumer(Consumer(files.READER, {files.UPLOADED}, files.read_waiting, coalesces=True, priority=-50))
for kind in notices.KINDS:
    add_notice_kind(kind, order=30)
PERIODIC.add("guidance that is due", notices.tell_due)
add_notice_kind(
    news_of(
        GuidancePage,
        "knowledge.new",
        _("A community of yours publishes guidance"),
        lambda page: gettext("New guidance: %(title)s") % {"title": page.title},
    ),
    order=51,
)
