"""Notices when a community is deleted: Wagtail deletes whole branches of the tree, and asks no model about it."""

from typing import Any

from django.db.models.signals import pre_delete

from communities import services
from communities.models import CommunityPage


def listen() -> None:
    """Hear of every community that goes."""
    pre_delete.connect(on_community_deleted, sender=CommunityPage, dispatch_uid="communities.deleted")


def on_community_deleted(instance: CommunityPage, **_kwargs: Any) -> None:
    """What it looked after stays behind, and must not be more public than it was."""
    services.seal_content(instance)
