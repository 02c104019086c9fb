"""What stories give to the rooms below."""

from django.utils.translation import gettext, gettext_lazy as _

from accounts.overview.lines import LINES
from communities.news import news_of
from core.holdings import add_holdings
from core.notices import add_notice_kind
from core.onward_links import OnwardLink, add_onward
from core.sections import Section, add_section
from indexing.documents import add_source
from reading.interests import add_reason
from stories import desk, holdings, interests, listings
from stories.consent import notices as consent
from stories.consent.listings import consent_line
from stories.models import StoryPage
from stories.search_documents import StorySource
from stories.writing.listings import tell_a_story

add_holdings(holdings.HELD, order=40)

TEMPLATE = "stories/section.html"

add_source(StorySource())
desk.lay_out()
add_section(Section("community", "stories", _("Stories"), TEMPLATE, listings.stories_of_community), order=30)
add_section(
    Section("for members of a community", "writing", _("Tell a story"), "stories/tell.html", tell_a_story), order=5
)
add_section(Section("topic", "stories", _("Stories"), TEMPLATE, listings.stories_about), order=30)
add_section(Section("person", "stories", _("Stories"), TEMPLATE, listings.stories_of_person), order=30)
add_reason("wrote", _("Because you wrote “%(title)s”"), interests.stories_told_by, order=10, is_work=True)
add_onward(OnwardLink("nothing saved", _("Read a story"), lambda: "/stories/"), "stories")
LINES.add("stories that name me", consent_line, order=70)
for kind in consent.KINDS:
    add_notice_kind(kind, order=45)
add_notice_kind(
    news_of(
        StoryPage,
        "stories.new",
        _("A community of yours tells a story"),
        lambda page: gettext("A new story: %(title)s") % {"title": page.title},
    ),
    order=50,
)
