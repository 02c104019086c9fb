"""What people give to the rooms below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.audiences import TOKEN_SOURCES, Widening, widen
from core.logs import SECRET_ADDRESSES, SecretAddress
from core.onward import OnwardLink, add_onward
from indexing.documents import add_source
from people import first_steps
from people.listings import people_cards
from people.models import User
from people.permissions import own_tokens, themselves
from people.search_documents import PeopleSource
from search.expert_finder import PEOPLE_CARDS

first_steps.add_steps()
TOKEN_SOURCES.add("themselves", own_tokens)
widen(User._meta.label, "themselves", Widening(rule=themselves, tokens=own_tokens))
add_source(PeopleSource())
PEOPLE_CARDS.add("people", people_cards)
add_onward(
    OnwardLink("nothing found", _("Ask somebody in the directory"), lambda: reverse("people:directory")),
    "people",
    order=20,
)
add_onward(OnwardLink("people who know", _("All who know"), lambda: reverse("people:who_knows")), "people")
SECRET_ADDRESSES.add("proof of an address", SecretAddress("/account/confirm-email/"))
SECRET_ADDRESSES.add("new password", SecretAddress("/account/password/reset/key/", known="done"))
