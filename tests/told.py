"""What readers, searches, calendars, counts, waiting lists, inboxes and mails can tell, in one value."""

from typing import Any

from django.core import mail
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import get_page_models

from communities.models import Membership, Places
from conversations.models import Conversation
from core.audiences import tokens_of
from core.drafts import NOTES_ABOUT_DRAFTS
from core.models import HubDocument, HubImage, HubPage
from core.outbox import drain
from indexing import documents
from notifications.models import Happening
from surgeries.calendars import calendar_of
from surgeries.models import Session

UNREAD = NOTES_ABOUT_DRAFTS | {"live_revision", "last_published_at"}


def told() -> dict[str, Any]:
    """All of it, by who tells it."""
    drain("notices")
    pages = [page for model in get_page_models() if issubclass(model, HubPage) for page in model.objects.live()]
    sessions = list(Session.objects.filter(surgery__live=True).for_listing())
    found = [source.document(thing) for source in documents.sources() for thing in source.queryset()]
    return {
        **{f"page {page.pk}": _read(page) for page in pages},
        "doors": {(thing._meta.label, thing.pk): tokens_of(thing) for thing in [*pages, *sessions, *_beside()]},
        "search": {document.key: (document.content_hash, document.rights_hash) for document in found},
        "calendar": calendar_of(sessions, "", "").decode(),
        "places": list(Places.objects.order_by("pk").values_list("community", "capacity", "taken")),
        "members": list(
            Membership.objects.order_by("pk").values_list("pk", "state", "holdings__role", "holdings__until")
        ),
        "addresses": {page.pk: page.url_path for page in pages},
        "redirects": list(Redirect.objects.order_by("old_path").values_list("old_path", "redirect_page")),
        "menu": [(page.title, page.url_path, page.audience_token) for page in pages if page.show_in_menus],
        "mail": len(mail.outbox),
        "inbox": list(Happening.objects.order_by("pk").values_list("kind", "subject", "data")),
    }


def _beside() -> list[Any]:
    """What has the readers of a page: what people talk about, pictures and files."""
    return [thing for model in (Conversation, HubImage, HubDocument) for thing in model.objects.order_by("pk")]


def _read(page: HubPage) -> dict[str, Any]:
    row = type(page).objects.get(pk=page.pk).serializable_data()
    return {name: value for name, value in row.items() if name not in UNREAD}


def differing(before: dict[str, Any], after: dict[str, Any], page: HubPage) -> set[str]:
    """Who tells something else now. The page itself is "page", and others are "other pages"."""
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    own = f"page {page.pk}"
    others = {"other pages"} if any(name.startswith("page ") and name != own for name in names) else set()
    rest = {name for name in names if not name.startswith("page ")}
    return rest | others | ({"page"} if own in names else set())
