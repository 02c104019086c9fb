"""What appears in a community, told to its members: one row for all of them."""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page, PageLogEntry

from communities.models import CommunityContent
from core.audiences import Person
from core.drafts import PageWithDrafts, live_row_changed
from core.notices import Happened, Importance, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from core.text import Words

A_PRESS = timedelta(minutes=5)  # that one press of a button takes at the most


def its_community(event: Happened) -> int | None:
    return event.data.get("community")


def news_of(model: type[CommunityContent], name: str, label: Words, words: Callable[[Any], str]) -> NoticeKind:
    """The kind of notice for pages of ``model`` that appear for the first time; ``words`` says so of one of them."""

    def shown(reader: Person, keys: Collection[str]) -> Mapping[str, Any]:
        pages: Any = model._default_manager
        return by_key(pages.shown_to(reader).filter(pk__in=keys).select_related("community"))

    def told(page: Page, event: Happened, _reader: Person) -> NoticeWords | None:
        if page.community is None or page.community_id != event.data.get("community"):
            return None  # it was given to another community
        about = page.shown_community.title if page.shown_community else ""
        subject = gettext("Something new in a community of yours")
        return NoticeWords(words(page), page.url, text=page.summary, about=about, subject=subject)

    def on_live(instance: Page, before: PageWithDrafts | None, **_kwargs: object) -> None:
        """What comes with an archive, or back from a hiding, is not new."""
        if before is None or before.first_published_at is not None or not instance.community_id:
            return
        if before.live and not _is_published_at_once(instance):
            return
        data = {"community": instance.community_id}
        emit(name, instance, actor=_publisher(instance), audience=instance.audience_token, data=data)

    live_row_changed.connect(on_live, sender=model, weak=False, dispatch_uid=name)
    return NoticeKind(
        name,
        label,
        words=told,
        subjects=shown,
        community=its_community,
        matter=_matter,
        importance=Importance.MATTERS,
    )


def _is_published_at_once(page: Page) -> bool:
    """Whether somebody wrote this page a moment ago and published it with the same press: the editor writes its row
    as live before it publishes it. A row that an archive brought has no entry in the log.
    """
    if page.first_published_at is None:
        return False
    made = PageLogEntry.objects.filter(page=page.pk, action="wagtail.create", timestamp__gte=timezone.now() - A_PRESS)
    return bool(made.exists())


def _matter(event: Happened) -> str:
    """What is new in one community stands together."""
    return f"news:{event.data['community']}"


def _publisher(page: Page) -> Model | None:
    """Whoever wrote the version that goes live."""
    revision = page.live_revision or page.latest_revision
    return get_user_model().objects.filter(pk=revision.user_id).first() if revision and revision.user_id else None
