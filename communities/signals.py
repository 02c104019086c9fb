"""Notices when a community is deleted: Wagtail deletes whole branches of the tree, and asks no model about it."""

from typing import Any

from django.db.models.signals import post_delete, pre_delete

from communities import services
from communities.models import CommunityPage, Membership
from people.models import User
from search import services as search


def listen() -> None:
    """Hear of every community that goes."""
    pre_delete.connect(on_community_deleted, sender=CommunityPage, dispatch_uid="communities.deleted")
    post_delete.connect(on_membership_deleted, sender=Membership, dispatch_uid="communities.membership_deleted")


def on_community_deleted(instance: CommunityPage, **_kwargs: Any) -> None:
    """What it looked after stays behind, and must not be more public than it was."""
    services.seal_content(instance)


def on_membership_deleted(instance: Membership, **_kwargs: Any) -> None:
    """Memberships go with their community and with their person: who may see a person's page follows from them."""
    search.changed_queryset(User, User.objects.filter(pk=instance.person_id))
