"""Links in posts: cards for things of the hub, hosts for what leads outside."""

import re
import uuid

import pytest
from django.conf import settings

from communities.models import CommunityPage
from conversations.models import Conversation
from core.audiences import Audience
from people.models import User
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.factories import PersonFactory, StoryFactory
from tests.replay import replayed
from tests.test_growth import settled

CARD = re.compile(r'<p class="link-card">.*?<a href="([^"]*)">(.*?)</a>', re.DOTALL)


def cards(talk: Conversation, viewer: User | None) -> list[tuple[str, str]]:
    return CARD.findall(browse(viewer).get(talk.url).content.decode())


def here(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


@pytest.fixture
@replayed
def talk(community: CommunityPage, asha: User, bryn: User) -> Conversation:
    return begun(community, bryn)


def test_a_link_on_its_own_line_is_a_card_and_keeps_where_it_leads(talk, asha, bryn, community):
    story = StoryFactory(title="The <b>lantern</b> walk", slug="lantern-walk")
    text = f"Before.\n{here(story.url)}\nAfter.\n\n[That post]({talk.url}#post-1)\n\n{here(bryn.get_absolute_url())}"
    answered(talk, asha, f"{text}\n\n[Us]({community.url})")
    assert cards(talk, asha) == [
        (here(story.url), "The &lt;b&gt;lantern&lt;/b&gt; walk"),
        (f"{talk.url}#post-1", talk.title),
        (here(bryn.get_absolute_url()), bryn.name),
        (community.url, community.title),
    ]
    page = browse().get(talk.url).content.decode()
    assert "<p>Before.</p>" in page
    assert "<p>After.</p>" in page


def test_the_preview_shows_the_cards_and_hosts_that_others_will_read(talk, asha, community):
    text = f"{here(community.url)}\n\n[the form](https://example.org/f)"
    form = {"key": str(uuid.uuid4()), "seen": "1", "text": text, "deed": "preview"}
    page = browse(asha).post(talk.url, form).content.decode()
    assert CARD.findall(page) == [(here(community.url), community.title)]
    assert "(example.org)" in page


def test_within_a_line_a_link_stays_a_link(talk, asha, community):
    answered(talk, asha, f"See [us]({community.url}) for it.")
    assert cards(talk, asha) == []
    assert f'<a href="{community.url}"' in browse(asha).get(talk.url).content.decode()


@pytest.mark.parametrize("what", ["story", "conversation", "person", "withheld"])
def test_who_may_not_see_a_thing_reads_nothing_of_it(what, talk, asha, bryn, carys, community):
    if what == "story":
        url = StoryFactory(title="Marigold", slug="m", audience=Audience.MEMBERS, community=community).url
    elif what == "person":
        url = PersonFactory(first_name="Marigold", is_active=False).get_absolute_url()
    else:
        url = begun(community, bryn, title="Marigold", audience=Audience.MEMBERS).url
        if what == "withheld":
            Conversation.objects.filter(title="Marigold").update(withheld=talk.begun, audience="everyone")
    answered(talk, asha, f"[There]({url})")
    for viewer in (carys, None):
        page = browse(viewer).get(talk.url).content.decode()
        assert "Marigold" not in page
        assert "There" in page
    assert bool(cards(talk, asha)) is (what in {"story", "conversation"})


def test_a_link_that_leads_outside_says_where(talk, asha):
    answered(talk, asha, "[https://bank.example](https://evil.example/a?b=1&c) and https://plain.example/x")
    page = browse(asha).get(talk.url).content.decode()
    assert 'rel="nofollow noopener">https://bank.example</a> <span class="soft">(evil.example)</span>' in page
    assert '<a href="https://plain.example/x" rel="nofollow noopener">https://plain.example/x</a>' in page
    assert cards(talk, asha) == []


def test_letters_of_another_script_pass_for_nobodys(talk, asha):
    answered(talk, asha, "[My bank](https://b\u0430nk.example/)")
    assert "(xn--bnk-6cd.example)" in browse(asha).get(talk.url).content.decode()


def test_many_cards_ask_no_more_than_a_few(talk, asha, bryn, community):
    def say(number: int) -> None:
        story = StoryFactory(title=f"Story {number}", slug=f"story-{number}")
        other = begun(community, bryn, title=f"Other {number}")
        answered(talk, asha, f"[a]({story.url})\n\n[b]({other.url})\n\n[c]({bryn.get_absolute_url()})")

    say(1)
    few = len(settled(browse(asha), talk.url))
    for number in range(2, 12):
        say(number)
    assert len(cards(talk, asha)) == 33
    assert len(settled(browse(asha), talk.url)) == few
