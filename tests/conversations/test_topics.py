"""What a conversation is about: who says so, and who finds it by that."""

import uuid
from dataclasses import replace

import pytest
from django.urls import reverse

from communities.models import CommunityPage
from conversations.choices import Kind
from conversations.models import Conversation
from conversations.moving import services as moving
from conversations.search_documents import ConversationSource
from conversations.services import mark_answer, remove
from core.audiences import Audience
from core.models import Topic
from indexing import maintenance
from people.models import User
from reading import interests
from tests.conftest import browse
from tests.conversations.saying import answered, begun
from tests.replay import replayed


@pytest.fixture
@replayed
def question(community: CommunityPage, carys: User) -> Conversation:
    return begun(community, carys, Kind.QUESTION)


def names(conversation: Conversation) -> set[str]:
    return {topic.name for topic in conversation.topics.all()}


def say(person: User, conversation: Conversation, topics: str) -> int:
    return browse(person).post(reverse("conversations:topics", args=[conversation.pk]), {"topics": topics}).status_code


def test_whoever_begins_it_says_what_it_is_about(community, bryn):
    typed = {"kind": "discussion", "title": "Wicks", "text": "Cotton or glass?", "topics": "Lanterns, Paraffin"}
    sent = {**typed, "audience": "organisation", "key": uuid.uuid4()}
    assert (
        browse(bryn).post(f"/conversations/in/{community.slug}/new/", {**sent, "topics": "x" * 101}).status_code == 422
    )
    browse(bryn).post(f"/conversations/in/{community.slug}/new/", sent)
    assert names(Conversation.objects.get()) == {"Lanterns", "Paraffin"}


def test_a_draft_keeps_the_topics(community, bryn):
    address = f"/conversations/in/{community.slug}/new/"
    browse(bryn).post(address, {"kind": "idea", "topics": "Lanterns", "deed": "save"})
    assert browse(bryn).get(address).context["form"]["topics"].value() == "Lanterns"


@pytest.mark.parametrize(("who", "status"), [("carys", 302), ("asha", 302), ("bryn", 404)])
def test_whoever_asked_and_those_who_moderate_put_it_right(request, question, who, status):
    assert say(request.getfixturevalue(who), question, "lanterns, Oil") == status
    assert names(question) == ({"lanterns", "Oil"} if status == 302 else set())


def test_what_was_changed_stands_in_its_history(question, asha, carys):
    say(carys, question, "Lanterns, Bees")
    say(carys, question, "bees, Lanterns")
    say(asha, question, "Bees, Paraffin")
    lines = browse(carys).get(question.url).context["history"]
    assert [(line.word, line.by) for line in lines] == [
        ("+ Paraffin, − Lanterns", asha.name),
        ("+ Bees, + Lanterns", carys.name),
    ]


def test_topics_of_what_one_may_see_are_offered(private_community, community, question, dev, carys, asha):
    begun(private_community, dev, audience=Audience.MEMBERS).topics.set(["Secret lanterns"])
    question.topics.set(["Paraffin"])
    pages = {
        carys: reverse("conversations:topics", args=[question.pk]),
        dev: f"/conversations/in/{community.slug}/new/",
    }
    pages[asha] = pages[dev]
    offered = {who: browse(who).get(page).content.decode() for who, page in pages.items()}
    assert all('<option value="Paraffin">' in page for page in offered.values())
    assert [who for who, page in offered.items() if "Secret lanterns" in page] == [dev]


def test_one_topic_however_it_is_written(question, asha):
    Topic.objects.create(name="Lanterns", slug="lanterns")
    say(asha, question, "LANTERNS, lanterns")
    assert names(question) == {"Lanterns"}


def test_it_is_found_by_its_topic(question, asha, bryn):
    say(asha, question, "Lanterns")
    maintenance.rebuild()
    found = browse(bryn).get("/search/", {"topic": "Lanterns"}).context["results"]
    assert [hit.url for hit in found.hits] == [question.url]
    assert question.url in browse(bryn).get("/topics/lanterns/").content.decode()


def test_the_topic_of_a_private_one_is_told_to_its_readers_alone(private_community, dev, carys):
    hidden = begun(private_community, dev, audience=Audience.MEMBERS)
    hidden.topics.set(["Lanterns"])
    assert browse(dev).get("/topics/lanterns/").status_code == 200
    assert browse(carys).get("/topics/lanterns/").status_code == 404


def test_a_part_is_about_what_the_whole_was(question, community, asha, bryn):
    question.topics.set(["Lanterns"])
    post = answered(question, bryn)
    part, _entry = moving.split(question, [post.number], "Wicks", Kind.DISCUSSION, asha, "Another matter.")
    assert names(part) == {"Lanterns"}
    other = begun(community, asha)
    other.topics.set(["Oil"])
    moving.merge(part, other, asha, "The same.")
    assert names(other) == {"Oil", "Lanterns"}


def test_a_marked_answer_is_work_and_what_one_asked_is_not(question, asha, bryn, carys):
    mark_answer(answered(question, bryn), asha)
    key = f"conversations.conversation:{question.pk}"
    assert interests.work_of(bryn) == [key]
    assert interests.work_of(carys) == []
    assert [one.why for one in interests.of(carys)] == ["asked"]


def test_what_is_near_one_is_weighed_without_what_was_said(question, asha, bryn, carys, django_assert_num_queries):
    question.topics.set(["Lanterns"])
    for who in (bryn, carys, bryn):
        answered(question, who)
    remove(answered(question, asha), asha)
    source = ConversationSource()
    fetched = Conversation.objects.select_related("community").get(pk=question.pk)
    with django_assert_num_queries(2):
        outline = source.outline(fetched)
    assert outline == replace(source.document(source.queryset().get(pk=question.pk)), body="")
    assert outline.people == (bryn.pk, carys.pk)
