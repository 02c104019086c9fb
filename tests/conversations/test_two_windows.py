"""Two windows, or two devices, of one person at one place: neither puts its draft in the place of the other's.

ForumMagnum/ForumMagnum#2000: having a draft open in one tab did not keep it from being overwritten in another.
"""

import pytest

from conversations.choices import Kind
from conversations.models import Draft
from conversations.services import draft_at
from tests.conftest import browse
from tests.conversations.saying import begun
from tests.replay import replayed

LONG = "What I have written for an hour."
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
@replayed
def question(community, carys):
    return begun(community, carys, Kind.QUESTION)


class Window:
    """A page with its form, as it was opened."""

    def __init__(self, talk, person):
        self.browser, self.url = browse(person), talk.url
        form = self.browser.get(talk.url).context["form"]
        self.hidden = {name: str(form[name].value() or "") for name in ("key", "seen", "began")}

    def type(self, text):
        return self.browser.post(self.url, {**self.hidden, "text": text, "deed": "save"}, headers=SCRIPT)

    def press(self, text, **deed):
        return self.browser.post(self.url, {**self.hidden, "text": text, **deed})


def test_what_is_typed_elsewhere_is_not_put_in_its_place(question, bryn):
    first, second = Window(question, bryn), Window(question, bryn)
    first.type(LONG)
    refused = [second.type("x"), second.type("")]  # typed, and taken out again
    assert [each.status_code for each in refused] == [422, 422]
    page = second.press("A word.", deed="save")
    assert (page.status_code, page.context["form"]["text"].value()) == (422, "A word.")
    assert first.type(f"{LONG} More.").status_code == 200
    assert draft_at(question, bryn)["text"] == f"{LONG} More."
    assert question.posts.count() == 1


def test_what_is_sent_from_one_window_leaves_the_draft_of_the_other(question, bryn):
    first, second = Window(question, bryn), Window(question, bryn)
    first.type(LONG)
    second.press("Yes.")
    assert question.posts.get(author=bryn).text == "Yes."
    assert Window(question, bryn).browser.get(question.url).context["form"]["text"].value() == LONG


def test_a_draft_goes_on_in_a_window_that_was_opened_with_it_and_is_none_once_it_is_sent(question, bryn):
    Window(question, bryn).type(LONG)
    later = Window(question, bryn)
    assert later.type("Something shorter.").status_code == 200
    later.press("Something else again.")
    assert not Draft.objects.filter(person=bryn).exists()


def test_words_that_were_sent_are_no_draft_whichever_window_kept_them(question, bryn):
    first, second = Window(question, bryn), Window(question, bryn)
    first.type(LONG)
    second.press(f"{LONG} And this.")
    assert not Draft.objects.filter(person=bryn).exists()


def test_a_new_conversation_that_is_begun_in_two_windows_keeps_the_first_draft(community, bryn):
    address, browser = f"/conversations/in/{community.slug}/new/", browse(bryn)
    forms = [browser.get(address).context["form"] for _window in range(2)]
    typed = {"kind": "discussion", "audience": "organisation", "title": "Ladders", "deed": "save"}
    for form, text in zip(forms, (LONG, "x"), strict=True):
        browser.post(address, {**typed, "key": str(form["key"].value()), "began": "", "text": text}, headers=SCRIPT)
    assert draft_at(community, bryn)["text"] == LONG


@pytest.mark.parametrize("where", ["answer", "begin"])
def test_a_draft_that_comes_back_is_discarded_by_one_press(question, bryn, where):
    """Its form is one of its own, and it stands where there is a draft alone."""
    url = question.url if where == "answer" else f"/conversations/in/{question.community.slug}/new/"

    def offers():
        page = browse(bryn).get(url)
        return "conversations/kept_draft.html" in {template.name for template in page.templates}

    assert not offers()
    browse(bryn).post(url, {"deed": "save", "kind": "question", "title": "Bins", "text": LONG})
    assert offers()
    left = browse(bryn).post(url, {"deed": "discard"}, follow=True)
    assert (left.redirect_chain, Draft.objects.count()) == ([(url, 302)], 0)
    assert not offers()
