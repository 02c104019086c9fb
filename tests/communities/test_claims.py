"""Asking to be named as somebody who knows: whom one asks, what is said to it, and for whom it speaks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.claims import services
from communities.claims.services import CannotClaim
from communities.models import Claim, ClaimEvidence, CommunityPage, CommunityTopic
from core.audiences import Audience
from core.models import Topic
from indexing import maintenance
from indexing.documents import key_of
from people.models import User
from tests.communities.qualified import in_days
from tests.conftest import browse
from tests.conversations.test_told import inbox
from tests.factories import StoryFactory, make_member, tell

WORDS = "I have repaired paraffin lanterns for twelve years, in the old fire station."


@pytest.fixture
def lanterns(community: CommunityPage) -> Topic:
    topic = Topic.objects.create(name="Lanterns", slug="lanterns")
    CommunityTopic.objects.create(tag=topic, content_object=community)
    return topic


@pytest.fixture
def claim(community: CommunityPage, lanterns: Topic, bryn: User) -> Claim:
    """Bryn asks, in words."""
    return services.ask(bryn, community, lanterns, WORDS, [])


@pytest.fixture
def named(claim: Claim, asha: User) -> Claim:
    """And Asha, who facilitates the community, says yes."""
    return services.answer(claim, asha, "Half the street comes to him.", is_yes=True)


def known(reader: User, asked: str = "who repairs paraffin lanterns") -> list[User]:
    people = browse(reader).get("/people/who-knows/", {"q": asked}).context["people"]
    return [one.person for one in people]


def about(community: CommunityPage, topic: Topic, **more: Any) -> dict[str, Any]:
    return {"topic": f"{community.pk}-{topic.pk}", **more}


# -- asking ------------------------------------------------------------------------------------------------------------
def test_bryn_asks_with_what_he_told_and_in_words(community, lanterns, bryn, asha):
    story = tell(StoryFactory(community=community), bryn)
    answer = browse(bryn).post("/named/ask/", about(community, lanterns, words=WORDS, things=[key_of(story)]))
    claim = Claim.objects.get()
    assert answer.url == claim.get_absolute_url()
    assert {row.thing for row in claim.shown.all()} == {key_of(story), ""}
    assert len(inbox(asha)) == 1
    assert [one.url for one in browse(asha).get("/").context["asked_of_me"] if one.url == claim.get_absolute_url()]


@pytest.mark.parametrize(
    "said", [{}, {"words": "  "}, {"things": ["stories.storypage:1"]}, {"things": ["people.user:1"]}]
)
def test_nothing_shown_is_nothing_asked(community, lanterns, bryn, said):
    answer = browse(bryn).post("/named/ask/", about(community, lanterns, **said))
    assert (answer.status_code, Claim.objects.count()) == (422, 0)


def test_what_others_did_shows_nothing(community, lanterns, bryn, asha):
    story = tell(StoryFactory(community=community), asha)
    with pytest.raises(CannotClaim):
        services.ask(bryn, community, lanterns, "", [key_of(story)])


def test_only_members_ask_and_only_for_what_their_community_is_about(community, lanterns, bryn, carys):
    other = Topic.objects.create(name="Damp", slug="damp")
    for person, topic in ((carys, lanterns), (bryn, other)):
        answer = browse(person).post("/named/ask/", about(community, topic, words=WORDS))
        assert (answer.status_code, Claim.objects.count()) == (422, 0)


def test_one_asks_once(claim, community, lanterns, bryn, asha):
    for _each in range(2):
        answer = browse(bryn).post("/named/ask/", about(community, lanterns, words="Once more."))
        assert answer.status_code == 422
        assert answer.context["form"]["words"].value() == "Once more."
        if claim.is_waiting:
            claim = services.answer(claim, asha, "Yes.", is_yes=True)


def test_what_nobody_answered_is_taken_back(claim, bryn, asha):
    browse(bryn).post(f"/named/{claim.pk}/take-back/")
    assert not Claim.objects.exists()
    assert inbox(asha) == []


# -- answering ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("said", "state"), [("yes", "named"), ("no", "refused")])
def test_either_answer_has_a_reason_that_bryn_reads(claim, bryn, asha, said, state):
    silent = browse(asha).post(claim.get_absolute_url(), {"answer": said})
    assert silent.status_code == 422
    browse(asha).post(claim.get_absolute_url(), {"answer": said, "reason": "Because I saw it."})
    claim.refresh_from_db()
    assert (claim.state, claim.reason, claim.decided_by) == (state, "Because I saw it.", asha)
    assert len(inbox(bryn)) == 1
    assert inbox(asha) == []


def test_nobody_names_themselves(community, lanterns, asha, bryn):
    claim = services.ask(asha, community, lanterns, WORDS, [])
    for person in (asha, bryn):
        assert browse(person).post(claim.get_absolute_url(), {"answer": "yes", "reason": "Me."}).status_code == 404
    with pytest.raises(CannotClaim):
        services.answer(claim, bryn, "Yes.", is_yes=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(
            decided_at=timezone.now(), decided_by=asha, decided_name="Asha", reason="Me."
        )


def test_without_another_steward_the_hub_team_answers(community, lanterns, asha, hub_team):
    claim = services.ask(asha, community, lanterns, WORDS, [])
    assert len(inbox(hub_team)) == 1
    assert services.answer(claim, hub_team, "She wrote the manual.", is_yes=True).counts


def test_two_stewards_answer_once(named, community, asha, carys):
    make_member(carys, community, "facilitator")
    answer = browse(carys).post(named.get_absolute_url(), {"answer": "no", "reason": "Who is he?"})
    named.refresh_from_db()
    assert (answer.status_code, named.decided_by) == (422, asha)


# -- who knows ---------------------------------------------------------------------------------------------------------
def test_a_yes_speaks_for_bryn_and_is_no_result(named, bryn, asha):
    maintenance.rebuild()
    assert bryn in known(asha)
    assert "named" not in {hit.kind for hit in browse(asha).get("/search/", {"q": "lanterns"}).context["results"].hits}


def test_what_waits_or_was_refused_speaks_for_nobody(claim, bryn, asha):
    maintenance.rebuild()
    assert bryn not in known(asha)
    services.answer(claim, asha, "One lamp, once.", is_yes=False)
    maintenance.rebuild()
    assert bryn not in known(asha)


def test_each_thing_speaks_to_those_who_may_see_it(community, private_community, lanterns, bryn, carys, dev, asha):
    make_member(bryn, private_community)
    hidden = StoryFactory(title="Paraffin lanterns repaired", community=private_community, audience=Audience.MEMBERS)
    claim = services.ask(bryn, community, lanterns, "", [key_of(tell(hidden, bryn))])
    services.answer(claim, asha, "Yes.", is_yes=True)
    maintenance.rebuild()
    assert bryn not in known(carys)
    assert bryn in known(dev)
    shown = browse(asha).get(claim.get_absolute_url())
    assert (shown.context["things"], shown.context["hidden"]) == ([], 1)


@pytest.mark.parametrize("who", ["bryn", "asha"])
def test_it_is_withdrawn_by_either(request, named, bryn, asha, who):
    person = {"bryn": bryn, "asha": asha}[who]
    browse(person).post(f"/named/{named.pk}/withdraw/", {"reason": "Long ago."})
    named.refresh_from_db()
    assert (named.state, ClaimEvidence.objects.filter(claim=named).count()) == ("withdrawn", 1)
    maintenance.rebuild()
    assert bryn not in known(asha)


def test_it_is_looked_at_again(named, bryn, asha):
    Claim.objects.update(until=in_days(0))
    for _twice in range(2):
        services.see_to_ends()
    assert (len(inbox(asha)), len(inbox(bryn))) == (1, 2)
    browse(asha).post(f"/named/{named.pk}/still/")
    named.refresh_from_db()
    assert named.until > in_days(700)
    assert inbox(asha) == []


def test_after_its_day_it_speaks_no_more(named, bryn, asha):
    Claim.objects.update(until=in_days(-1))
    services.see_to_ends()
    maintenance.rebuild()
    assert bryn not in known(asha)
    named.refresh_from_db()
    assert named.state == "lapsed"


# -- who goes ----------------------------------------------------------------------------------------------------------
def test_bryn_goes_with_all_of_it_and_ashas_name_goes_alone(named, bryn, asha):
    asha.delete()
    named.refresh_from_db()
    assert named.counts
    bryn.delete()
    assert not ClaimEvidence.objects.exists()


def test_an_hour_old_form_of_somebody_who_stewards_no_more(claim, community, asha):
    community.memberships.filter(person=asha).update(state="ended", until=timezone.now() - timedelta(hours=1))
    assert browse(asha).post(claim.get_absolute_url(), {"answer": "yes", "reason": "Yes."}).status_code == 404
