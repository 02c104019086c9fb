"""What people give to the rooms below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audiences import TOKEN_SOURCES, Widening, widen
from core.doctor import CHECKS, Check
from core.holdings import add_holdings
from core.logs import SECRET_ADDRESSES, SecretAddress
from core.notices import add_notice_kind
from core.onward_links import OnwardLink, add_onward
from core.tidying import TIDYINGS
from indexing.documents import add_source
from people import doctor, holdings
from people.absence import notices, services as absences
from people.listings import people_cards, who_is_away
from people.models import User
from people.permissions import own_tokens, themselves
from people.search_documents import PeopleSource
from search.expert_finder import AWAY_FINDERS, PEOPLE_CARDS

add_holdings(holdings.HELD, order=10)

CHECKS.add("administrators", Check(doctor.administrators), order=30)
TOKEN_SOURCES.add("themselves", own_tokens)
widen(User._meta.label, "themselves", Widening(rule=themselves, tokens=own_tokens))
add_source(PeopleSource())
PEOPLE_CARDS.add("people", people_cards)
AWAY_FINDERS.add("absences", who_is_away)
TIDYINGS.add("absences that are over", absences.forget)
for kind in notices.KINDS:
    add_notice_kind(kind)
add_onward(
    OnwardLink("nothing found", _("Ask somebody in the directory"), lambda: reverse("people:directory")),
    "people",
    order=20,
)
add_onward(OnwardLink("people who know", _("All who know"), lambda: reverse("people:who_knows")), "people")
SECRET_ADDRESSES.add("proof of an address", SecretAddress("/account/confirm-email/"))
SECRET_ADDRESSES.add("new password", SecretAddress("/account/password/reset/key/", known="done"))
