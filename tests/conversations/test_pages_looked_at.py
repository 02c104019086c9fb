"""Every page of conversations is looked at in a browser: axe, reflow, large letters."""

from conversations.urls import urlpatterns
from tests.browser.places import PAGES_OF_TALK, PLACES

NO_PAGES = {
    # what is pressed, and leads on
    *("accept_delegation", "answer", "ask_again", "close_poll", "end_delegation", "end_guest", "follow", "look", "pin"),
    *("put_back", "reopen", "say", "take_back_poll", "undo", "unlock"),
    # what scripts ask, and what leads on without a word
    *("first_new", "names", "names_in", "read", "since"),
    "attachment",  # a file
}


def names_of(patterns):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from names_of(each.url_patterns)
        else:
            yield each.name


def test_every_page_of_conversations_has_a_place_where_it_is_looked_at():
    assert set(names_of(urlpatterns)) - NO_PAGES == set(PAGES_OF_TALK)
    assert set(PAGES_OF_TALK.values()) <= {place.name for place in PLACES}
