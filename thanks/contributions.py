"""What thanks give to the rooms below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.holdings import add_holdings
from core.notices import add_notice_kind
from core.onward_links import OnwardLink, add_onward
from core.sections import Section, add_section
from indexing.documents import add_source
from thanks import holdings, listings, notices
from thanks.search_documents import ThanksSource

add_holdings(holdings.HELD, order=55)
add_source(ThanksSource())
add_section(Section("person", "thanks", _("Thanked for"), "thanks/of_person.html", listings.thanks_of_person), order=90)
add_onward(OnwardLink("one's own page", _("Thanks"), lambda: reverse("thanks:mine")), "thanks", order=50)
for kind in notices.KINDS:
    add_notice_kind(kind, order=60)
