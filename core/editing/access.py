"""What is closed to an editor: what the one rule does not show them, pages whose draft it would not show them, and
drafts of those with whom they have nothing to do.

Whoever runs the hub opens something closed with a reason (``core.editing.reasons``); until the reason ends they hold
its tokens in the editor, and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import Page, Revision, get_page_models

from core.audiences import EVERYONE, ORGANISATION, Viewer, Visible, viewer_tokens
from core.current_reader import GRANTED
from core.drafts import PageWithDrafts
from core.editing import rights
from core.topics import Topic

OPEN_TO_INSIDERS = frozenset({EVERYONE, ORGANISATION})
_KNOWN = "_closed_to"
_KEYS = "_keys_of_closed_pages"
FEW = 3
MOST_DIGITS = 19  # a key of more is larger than any


def editor_tokens(person: Viewer) -> frozenset[str]:
    """The tokens that ``person`` holds in the editor: their own, without those that are no right to write, and those
    that they gave a reason for.
    """
    given: frozenset[str] = getattr(person, GRANTED, frozenset())
    return (viewer_tokens(person) - rights.withheld(person)) | given


def closed_pages(person: Viewer, path: str = "pk") -> Q:
    """Pages of every type that are closed to ``person``. ``path`` leads from the model that is asked to the page.

    One subquery for each page type, however many communities there are.
    """
    keys = _closed_keys(person)
    return Q(**{f"{path}__in": () if keys is None else keys})


def _closed_keys(person: Viewer) -> RawSQL | None:
    """The keys of the pages that are closed to ``person``, as SQL that is put together once for a request: the editor
    asks a dozen questions with it, and to put it together took most of their time. ``None`` where nothing can be.
    """
    known: dict[Any, RawSQL | None] | None = getattr(person, _KEYS, None)
    if known is None:
        known = {}
        setattr(person, _KEYS, known)
    tokens = editor_tokens(person)
    if tokens not in known:
        first, *others = (
            _closed(model, person).order_by().values("pk")
            for model in get_page_models()
            if issubclass(model, PageWithDrafts)
        )
        try:
            sql, values = first.union(*others, all=True).query.sql_with_params()
        except EmptyResultSet:
            known[tokens] = None
        else:
            known[tokens] = RawSQL(sql, values)  # noqa: S611  (Django's own, with its values apart)
    return known[tokens]


def ask_again(person: Viewer) -> None:
    """Put together anew what is closed to ``person``: a right is used now."""
    if hasattr(person, _KEYS):
        delattr(person, _KEYS)


def closed_topics(person: Viewer) -> Q:
    """Topics that nothing open to ``person`` has, and that the hub team did not make: their name may be as private as
    the thing that has it, or as the draft in which somebody typed it.
    """
    seen, hidden = Q(), Q()
    for link in _topic_links():
        thing = link._meta.get_field("content_object").related_model
        uses = link._default_manager.filter(tag=OuterRef("pk"))
        closed = _closed(thing, person).values("pk")
        seen |= Q(Exists(uses.exclude(content_object__in=closed)))
        hidden |= Q(Exists(uses.filter(content_object__in=closed)))
    return (hidden | Q(was_typed=True)) & ~seen


def _topic_links() -> list[type[Model]]:
    return [
        relation.related_model
        for relation in Topic._meta.related_objects
        if isinstance(relation.field, ForeignKey) and hasattr(relation.related_model, "content_object")
    ]


def _closed(model: Any, person: Viewer) -> QuerySet[Any]:
    closed: QuerySet[Any] = model._default_manager.closed_to(person, editor_tokens(person))
    drafts = rights.unseen_drafts(person, model) if issubclass(model, PageWithDrafts) else None
    return closed if drafts is None else closed | model._default_manager.filter(drafts)


def closed(model: type[Model], person: Viewer) -> QuerySet[Any] | None:
    """The things of ``model`` that are closed to ``person``; ``None`` where the editor closes none.

    People are not among them: whoever manages accounts manages all.
    """
    objects: Any = model._default_manager
    if issubclass(model, Page):
        return objects.filter(closed_pages(person))
    if issubclass(model, Visible) and not issubclass(model, get_user_model()):
        return _closed(model, person)
    if issubclass(model, Topic):
        return objects.filter(closed_topics(person))
    if issubclass(model, Redirect):
        return objects.filter(closed_pages(person, "redirect_page"))
    if issubclass(model, Query):
        return objects.filter(closed_pages(person, "editors_picks__page"))
    return None


def without_closed(things: QuerySet[Any], person: Viewer) -> QuerySet[Any]:
    """``things`` without those that are closed to ``person``."""
    if issubclass(things.model, Page):
        return things.exclude(closed_pages(person))
    hidden = closed(things.model, person)
    return things if hidden is None else things.exclude(pk__in=hidden.values("pk"))


def closed_among(model: type[Model], pks: Iterable[Any], person: Viewer) -> set[str]:
    """Which of ``pks`` are closed to ``person``, as strings, in one query. What is no number names nothing.

    Of a few pages their types are asked first: to put the question together for every type takes most of the time.
    """
    numbers = only_numbers(pks)
    if issubclass(model, Page) and 0 < len(numbers) <= FEW:
        return {str(pk) for kind in _types_of(numbers) for pk in _keys(_closed(kind, person), numbers)}
    hidden = closed(model, person) if numbers else None
    return set() if hidden is None else {str(pk) for pk in _keys(hidden, numbers)}


def _keys(things: QuerySet[Any], among: Iterable[int]) -> Iterable[Any]:
    return things.filter(pk__in=among).values_list("pk", flat=True)


def _types_of(pages: Iterable[int]) -> set[type[Model]]:
    types = set(Page.objects.filter(pk__in=pages).order_by().values_list("content_type", flat=True))
    models = {ContentType.objects.get_for_id(key).model_class() for key in types}
    return {model for model in models if model is not None and issubclass(model, PageWithDrafts)}


def only_numbers(pks: Iterable[Any]) -> list[int]:
    """Those that can be keys."""
    return [int(pk) for pk in map(str, pks) if pk.isascii() and pk.isdigit() and len(pk) < MOST_DIGITS]


def only_open(things: Iterable[Any], person: Viewer, key: str = "pk") -> list[Any]:
    """Pages, or whatever names one by ``key``, without what is closed to ``person``, in one query."""
    things = list(things)
    hidden = closed_among(Page, {str(getattr(thing, key)) for thing in things}, person)
    return [thing for thing in things if str(getattr(thing, key)) not in hidden]


def is_open(person: Viewer, page: Page) -> bool:
    """Whether one page is open to ``person``. A list that left out what is closed says so by ``open_to``."""
    if not isinstance(page, PageWithDrafts) or page.pk is None or getattr(page, "open_to", None) == person.pk:
        return True
    known: dict[Any, bool] = page.__dict__.setdefault(_KNOWN, {})
    key = (person.pk, editor_tokens(person))
    if key not in known:
        known[key] = not _is_closed(person, page)
    return known[key]


@dataclass(slots=True)
class _AskedPages:
    """What one person object (that is, one request) was asked about the pages of one type."""

    times: int = 0
    closed: frozenset[int] | None = None


def _is_closed(person: Viewer, page: PageWithDrafts) -> bool:
    """One query for each of the first few pages of a type, and then one for all: a list asks about every row."""
    asked = _asked(person, type(page))
    if asked.times < FEW:
        asked.times += 1
        return bool(_closed(type(page), person).filter(pk=page.pk).exists())
    if asked.closed is None:
        asked.closed = frozenset(_closed(type(page), person).values_list("pk", flat=True))
    return page.pk in asked.closed


def _asked(person: Viewer, model: type[PageWithDrafts]) -> _AskedPages:
    asked: dict[Any, _AskedPages] | None = getattr(person, _KNOWN, None)
    if asked is None:
        asked = {}
        setattr(person, _KNOWN, asked)
    return asked.setdefault((model, editor_tokens(person)), _AskedPages())


# -- one thing, and the tokens that open it ----------------------------------------------------------------------------
def missing_tokens(person: Viewer, thing: object) -> frozenset[str]:
    """The tokens that open ``thing`` to ``person`` in the editor."""
    return frozenset(_needed(thing)) - editor_tokens(person)


def _needed(thing: object) -> Iterable[str]:
    if isinstance(thing, Revision):
        yield thing.as_object().own_audience_token()
        return
    if isinstance(thing, Visible):
        yield thing.audience_token
    if isinstance(thing, PageWithDrafts) and thing.has_unpublished_changes and thing.latest_revision:
        yield thing.latest_revision.as_object().own_audience_token()


def is_closed_revision(person: Viewer, revision: Revision) -> bool:
    """Whether an old version is closed: what a page said while it was private is as private as it was."""
    if not issubclass(revision.content_type.model_class() or Page, Visible):
        return False
    return not missing_tokens(person, revision) <= OPEN_TO_INSIDERS
