"""What the pages of people show."""

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from core.audiences import Viewer, viewer_tokens
from core.fragments import PERSON, Dependencies, key_of
from core.models import Topic
from core.pagination import page_of
from core.parameters import parameter
from core.sections import sections_of
from people.absence.listings import told_of
from people.away import away_today
from people.choices import PersonKind
from people.models import User
from people.permissions import may_reach
from people.querysets import PersonQuerySet
from search import services as search
from search.expert_finder import SuggestedExpert, who_knows, with_help
from search.query import Query

TOPICS_OFFERED = 24
KNOWING_ON_A_PAGE = 10
KNOWING_ABOUT_A_TOPIC = 6
TOPIC_LASTS = 600  # seconds
ABOUT_A_TOPIC = "stories knowledge surgeries communities conversations topics people uploads"  # what it shows
COUNTED = "posts"  # what it counts


def directory_context(request: HttpRequest) -> dict[str, Any]:
    """The directory: by name, by what people know, by whether they work or live here."""
    everybody = User.objects.shown_to(request.user)
    words, slug, kind = (parameter(request, name) for name in ("q", "topic", "kind"))
    people = everybody.named(words).by_name()
    if slug:
        people = people.filter(skill_links__tag__slug=slug)
    if kind in PersonKind.values:
        people = people.filter(kind=kind)
    offered = (
        Topic.objects.filter(skills__content_object__in=everybody).annotate(n=Count("skills")).order_by("-n", "name")
    )
    return {
        "people": SimpleLazyObject(lambda: page_of(request, people, per_page=30)),
        "q": words,
        "topic_slug": slug,
        "topic": offered.filter(slug=slug).first() if slug else None,
        "kind": kind,
        "kinds": PersonKind,
        "topics": offered[:TOPICS_OFFERED],
    }


def who_knows_context(request: HttpRequest) -> dict[str, Any]:
    """Who knows about what the reader asks; without a question, topics to ask about."""
    query = Query.of(request.GET.get("q", ""))
    known = who_knows(query.text, request.user)
    people = page_of(request, known, KNOWING_ON_A_PAGE)
    people.object_list = with_help(list(people.object_list), request.user)
    return {
        "people_trail": people_trail(),
        "query": query,
        "people": people,
        "is_away": bool(query.text) and not known and search.is_away(),
        "topics": [] if known else search.topics(viewer_tokens(request.user)),
    }


def people_trail() -> list[dict[str, Any]]:
    """The way to whatever stands below the directory."""
    return [{"title": _("Today"), "url": "/"}, {"title": _("People"), "url": reverse("people:directory")}]


def contact_of(person: User, viewer: Viewer) -> list[dict[str, Any]]:
    """How to reach somebody, as far as ``viewer`` may see it."""
    facts = [
        {"term": _("Phone"), "text": person.phone, "url": person.phone_url},
        {"term": _("Works"), "text": person.works_when},
        {"term": _("How to reach"), "text": person.reach_by},
    ]
    told = [fact for fact in facts if fact["text"]]
    return told if told and may_reach(viewer, person) else []


def person_context(request: HttpRequest, person: User) -> dict[str, Any]:
    """A person's own page: what they know and do."""
    return {
        "person": person,
        "people_trail": people_trail(),
        "skills": list(person.skills.order_by("name")),
        "contact": contact_of(person, request.user),
        "absence": told_of(request, person),
        "is_me": request.user.pk == person.pk,
        "sections": SimpleLazyObject(lambda: sections_of("person", request, person)),
    }


def topic_context(request: HttpRequest, topic: Topic) -> dict[str, Any]:
    """A topic's page: people who know, and what the rooms above have about it.

    ``is_shown`` is kept as the parts of the page are, so that a page that is read again asks nothing to know it. Who
    knows is asked each time: the index may be a moment behind the version that a kept fragment would stand under.
    """
    sections = SimpleLazyObject(lambda: sections_of("topic", request, topic))
    skilled = User.objects.shown_to(request.user).filter(skill_links__tag=topic)
    key = key_of(request, "topic is shown", [topic.pk], Dependencies(shows=ABOUT_A_TOPIC, reader=PERSON))
    return {
        "topic": topic,
        "people_trail": people_trail()[:1],
        "sections": sections,
        "shows": f"{ABOUT_A_TOPIC} {COUNTED}",
        "people": SimpleLazyObject(lambda: who_knows_topic(topic, request.user, skilled)),
        "is_shown": cache.get_or_set(key, lambda: skilled.exists() or bool(sections), TOPIC_LASTS),
    }


def who_knows_topic(topic: Topic, viewer: Viewer, skilled: PersonQuerySet) -> list[SuggestedExpert]:
    """Those who did something about it first, then those who say that they know."""
    known = who_knows(topic.name, viewer, KNOWING_ABOUT_A_TOPIC)
    others = skilled.filter(may_be_suggested=True).exclude(pk__in=[one.person.pk for one in known])
    more = others.exclude(pk=viewer.pk or 0).by_name()[: KNOWING_ABOUT_A_TOPIC - len(known)]
    return [*known, *(SuggestedExpert(person, said=[_("Says so on their page")]) for person in more)]


def people_cards(pks: Iterable[int], viewer: Viewer) -> dict[int, User]:
    """The people among ``pks`` whom ``viewer`` may see and who did not opt out: how search shows who knows."""
    return {person.pk: person for person in User.objects.shown_to(viewer).filter(pk__in=pks, may_be_suggested=True)}


def who_is_away(pks: Iterable[int], viewer: Viewer) -> set[int]:
    """Those among ``pks`` who are away today: search names somebody else first. Strangers are told nothing of it."""
    return away_today(list(pks)) if viewer.is_authenticated else set()
