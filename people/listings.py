"""What the pages of people show."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from hub.models import Topic
from hub.pagination import page_of
from hub.parameters import parameter
from hub.sections import sections_of
from people.models import Kind, User

TOPICS_OFFERED = 24


def directory_context(request: HttpRequest) -> dict[str, Any]:
    """The directory: by name, by what people know, by whether they work or live here."""
    everybody = User.objects.shown_to(request.user)
    words, slug, kind = (parameter(request, name) for name in ("q", "topic", "kind"))
    people = everybody.named(words).by_name()
    if slug:
        people = people.filter(skill_links__tag__slug=slug)
    if kind in Kind.values:
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
        "kinds": Kind,
        "topics": offered[:TOPICS_OFFERED],
    }


def person_context(request: HttpRequest, person: User) -> dict[str, Any]:
    """A person's own page: what they know and do."""
    return {
        "person": person,
        "people_trail": [{"title": _("Today"), "url": "/"}, {"title": _("People"), "url": reverse("people:directory")}],
        "skills": list(person.skills.order_by("name")),
        "is_me": request.user.pk == person.pk,
        "sections": SimpleLazyObject(lambda: sections_of("person", request, person)),
    }


def people_cards(pks: Iterable[int], viewer: Any) -> dict[int, User]:
    """The people among ``pks`` whom ``viewer`` may see and who did not opt out: how search shows who knows."""
    return {person.pk: person for person in User.objects.shown_to(viewer).filter(pk__in=pks, may_be_suggested=True)}
