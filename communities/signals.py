"""What communities do when a page of one changes, goes, or is opened by the hub team."""

from typing import Any

from django.db.models.signals import pre_delete

from communities import opened, services
from communities.models import CommunityPage
from hub.drafts import live_row_changed
from hub.editing import reasons


def listen() -> None:
    """Hear of every community that changes, and of every one that goes: Wagtail deletes whole branches of the tree, and
    asks no model about it.
    """
    live_row_changed.connect(on_community_changed, sender=CommunityPage, dispatch_uid="communities.changed")
    pre_delete.connect(on_community_deleted, sender=CommunityPage, dispatch_uid="communities.deleted")
    reasons.opened.connect(opened.on_opened, dispatch_uid="communities.opened")


def on_community_changed(instance: CommunityPage, **_kwargs: Any) -> None:
    """Its places, and who may see what it looks after, follow."""
    services.follow_page(instance)


def on_community_deleted(instance: CommunityPage, **_kwargs: Any) -> None:
    """What it looked after stays behind, and must not be more public than it was."""
    services.seal_content(instance)
