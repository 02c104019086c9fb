"""The edition: one stamp for everything that the hub shows.

Parts of pages that are alike for many readers are rendered once and kept in the cache, with Django's own tag::

    {% cache 600 "stories-of" as_seen page.pk %}…{% endcache %}

``as_seen`` names the edition, the reader's audience tokens and the language. A kept part is never deleted: every change
of what the hub shows begins a new edition, and the next reader asks for a part that nobody has kept yet. The time that
is given to ``cache`` is only for what changes by the clock ("open until 12:00").

The number stands in the database, since every process must see it at once, whatever cache it has; it rises after the
commit. Each process also counts what its own open transactions changed, so that they see their own work.
"""

from collections.abc import Iterable
from hashlib import blake2b
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.after_commit import once_after_commit
from core.audiences import is_personal, viewer_tokens

_changes_here = count(1)
_change_here = 0
_NONE: frozenset[str] = frozenset()


def current() -> str:
    """The present edition, in one short query."""
    from core.models import Edition  # noqa: PLC0415 (needs the models loaded)

    number = Edition.objects.values_list("number", flat=True).order_by("pk").first()
    return f"{number or 0}.{_change_here}"


def of(request: HttpRequest) -> str:
    """The edition that answers ``request``, looked up once."""
    edition: str | None = getattr(request, "_edition", None)
    if edition is None:
        edition = request._edition = current()  # type: ignore[attr-defined]  # ours to keep there
    return edition


def as_seen(request: HttpRequest) -> str:
    """What a part of a page is kept under: the edition as this reader sees it, in this language.

    Tokens that open one person's own things are left out, so that readers with the same rights share what is kept:
    what only one person may see does not belong in a kept part, unless their key stands beside ``as_seen``.
    """
    if getattr(request, "is_preview", False):
        return uuid4().hex  # a draft is never kept, and what is kept is not the draft
    tokens = sorted(token for token in viewer_tokens(request.user) if not is_personal(token))
    rights = blake2b(" ".join(tokens).encode(), digest_size=12).hexdigest() if request.user.is_authenticated else ""
    return f"{of(request)}.{rights}.{get_language()}"


def begin_new() -> None:
    """Say that something which pages show has changed. Only changes without a signal, in bulk, need to say so."""
    global _change_here  # noqa: PLW0603 (one count a process is what it is)
    _change_here = next(_changes_here)
    once_after_commit(_rise)


def _rise() -> None:
    from core.models import Edition  # noqa: PLC0415 (needs the models loaded)

    if not Edition.objects.update(number=F("number") + 1):
        Edition.objects.get_or_create(pk=1, defaults={"number": 1})


def follow_changes() -> None:
    """Begin a new edition whenever something of a room, a page or the site is saved, deleted or moved."""
    for signal in (post_save, post_delete):
        signal.connect(_on_change, dispatch_uid="core.versions")
    m2m_changed.connect(_on_change, dispatch_uid="core.versions")
    for happened in (page_published, page_unpublished, page_slug_changed, post_page_move):
        happened.connect(_on_page, dispatch_uid="core.versions")


def _on_change(sender: type[Model], update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    if _is_shown(sender) and not (update_fields and getattr(sender, "quiet_fields", _NONE).issuperset(update_fields)):
        begin_new()


def updated(model: type[Model], fields: Iterable[str]) -> None:
    """Say that ``update()`` of a queryset changed these fields of some things, for which Django sends no signal.

    What a migration changes begins none: its models are of another time, and the edition may have no table yet.
    """
    if model._meta.apps is apps:
        _on_change(model, update_fields=frozenset(fields))


def _on_page(**_kwargs: Any) -> None:
    begin_new()


def _is_shown(model: type[Model]) -> bool:
    """Whether pages show what this model holds. A model of a room says ``changes_pages = False`` where they do not, and
    names in ``quiet_fields`` what can be saved without anybody seeing a change.
    """
    if model in (Page, Site):
        return True
    return model._meta.app_label in settings.ROOMS and getattr(model, "changes_pages", True)
