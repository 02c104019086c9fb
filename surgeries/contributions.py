"""What surgeries give to the rooms below."""

from django.utils.translation import gettext, gettext_lazy as _

from communities.news import news_of
from communities.permissions import let_members_in
from communities.rights import belongs_by
from core.holdings import add_holdings
from core.logs import SECRET_ADDRESSES, SecretAddress
from core.notices import add_notice_kind
from core.periodic import PERIODIC
from core.sections import Section, add_section
from indexing.documents import add_source
from people.absence.listings import CONCERNED
from people.handover import HANDOVERS
from reading.interests import add_reason
from search.expert_finder import HELP_FINDERS
from surgeries import changes, desk, handover, holdings, interests, listings, notices
from surgeries.models import Session, SurgeryPage
from surgeries.next_sessions import help_next
from surgeries.search_documents import SessionSource, SurgerySource
from surgeries.series.rolling import roll_ahead

add_holdings(holdings.HELD, order=40)

TITLE = _("Surgeries")

let_members_in(Session, "surgery__community_id")
belongs_by(Session, "surgery__community")
HANDOVERS.add("sessions", handover.SESSIONS, order=40)
add_source(SurgerySource())
add_source(SessionSource())
desk.lay_out()
add_section(
    Section("beside a community", "surgeries", TITLE, "surgeries/of_community.html", listings.surgeries_of_community),
    order=20,
)
add_section(
    Section("for members of a community", "start", TITLE, "surgeries/start.html", listings.start_a_surgery), order=6
)
add_section(Section("topic", "surgeries", TITLE, "surgeries/of_topic.html", listings.surgeries_about), order=20)
add_section(Section("person", "surgeries", TITLE, "surgeries/of_person.html", listings.surgeries_of_person), order=20)
add_reason("helps", _("Because you help at “%(title)s”"), interests.surgeries_helped_at_by, order=20, is_work=True)
HELP_FINDERS.add("sessions", help_next)
for kind in (*notices.KINDS, *changes.KINDS):
    add_notice_kind(kind)
PERIODIC.add("dates of surgeries", roll_ahead)
CONCERNED.add("sessions", listings.mentored_between)
SECRET_ADDRESSES.add("calendars", SecretAddress("/surgeries/calendar/"))
add_notice_kind(
    news_of(
        SurgeryPage,
        "surgeries.new",
        _("A community of yours begins a surgery"),
        lambda page: gettext("A new surgery: %(title)s") % {"title": page.title},
    ),
    order=52,
)
