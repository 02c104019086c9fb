"""What people give to the rooms below."""

from core.audiences import TOKEN_SOURCES, Widening, widen
from indexing.documents import add_source
from people.listings import people_cards
from people.models import User
from people.permissions import own_tokens, themselves
from people.search_documents import PeopleSource
from search.expert_finder import PEOPLE_CARDS

TOKEN_SOURCES.add("themselves", own_tokens)
widen(User._meta.label, "themselves", Widening(rule=themselves, tokens=own_tokens))
add_source(PeopleSource())
PEOPLE_CARDS.add("people", people_cards)
