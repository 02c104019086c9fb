"""What communities do when a page of one changes, goes or is opened, and when memberships and accounts go unnoticed."""

from collections.abc import Collection

from django.db.models.signals import post_delete, pre_delete
from wagtail.signals import (
    page_published,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
)

from communities import opened_notices, services
from communities.approval import notices as approval
from communities.content_writing.photographs import open_to_readers
from communities.models import CommunityPage, ContentPage, Membership, State
from communities.models.membership_querysets import memberships_changed, memberships_changing
from communities.past_memberships import keep_past_of
from communities.services import collections
from core.audiences import tokens_written
from core.drafts import live_row_changed
from core.editing import reasons
from people.models import User
from people.presence import people_going, presence_changed
from search import services as search


def listen() -> None:
    """Hear of every community, membership and person that changes or goes. Wagtail deletes whole branches of the tree,
    and asks no model about it.
    """
    live_row_changed.connect(on_community_changed, sender=CommunityPage, dispatch_uid="communities.changed")
    live_row_changed.connect(on_content_changed, dispatch_uid="communities.content_changed")
    tokens_written.connect(on_tokens_written, sender=CommunityPage, dispatch_uid="communities.tokens_written")
    pre_delete.connect(on_community_deleted, sender=CommunityPage, dispatch_uid="communities.deleted")
    reasons.opened.connect(opened_notices.on_opened, dispatch_uid="communities.opened_notices")
    post_delete.connect(on_membership_deleted, sender=Membership, dispatch_uid="communities.membership_deleted")
    memberships_changing.connect(on_memberships_changing, dispatch_uid="communities.memberships_changing")
    memberships_changed.connect(on_memberships_changed, dispatch_uid="communities.memberships_changed")
    pre_delete.connect(on_person_deleted, sender=User, dispatch_uid="communities.person_deleted")
    people_going.connect(on_people_going, dispatch_uid="communities.people_going")
    presence_changed.connect(on_presence_changed, dispatch_uid="communities.presence")
    task_submitted.connect(approval.on_task_submitted, dispatch_uid="communities.asked_to_publish")
    workflow_approved.connect(approval.on_approved, dispatch_uid="communities.approved")
    workflow_rejected.connect(approval.on_rejected, dispatch_uid="communities.sent_back")
    workflow_cancelled.connect(approval.on_cancelled, dispatch_uid="communities.taken_back")
    page_published.connect(on_published, sender=CommunityPage, dispatch_uid="communities.facilitators")


def on_community_changed(instance: CommunityPage, before: object, **_kwargs: object) -> None:
    """Its places, and who may see what it looks after, follow."""
    services.follow_page(instance, is_new=before is None)


def on_content_changed(instance: object, before: object, **_kwargs: object) -> None:
    """Photographs that its writers brought are for whoever reads it."""
    if isinstance(instance, ContentPage):
        open_to_readers(instance, before if isinstance(before, ContentPage) else None)


def on_tokens_written(pks: Collection[int], **_kwargs: object) -> None:
    """The audiences of communities changed in bulk: what they look after follows."""
    for community in CommunityPage.objects.filter(pk__in=pks):
        services.bound_content(community)
        collections.follow(community)


def on_community_deleted(instance: CommunityPage, **_kwargs: object) -> None:
    """What it looked after stays behind, and must not be more public than it was."""
    services.seal_content(instance)
    keep_past_of(instance)


def on_membership_deleted(instance: Membership, **_kwargs: object) -> None:
    """Its place is free, however it went, and its person's page is no longer opened by it."""
    search.changed_queryset(User, User.objects.filter(pk=instance.person_id))
    if instance.state == State.ACTIVE:
        services.settle([instance.community_id])
        services.stewards_changed(instance.community_id)


def on_memberships_changing(communities: Collection[int], **_kwargs: object) -> None:
    """Many are about to change their state or their community at once."""
    services.lock_places(communities)


def on_memberships_changed(communities: Collection[int], **_kwargs: object) -> None:
    """They did: the places are counted anew."""
    services.settle(communities)


def on_person_deleted(instance: User, **_kwargs: object) -> None:
    """Whom they answered for is remembered: afterwards nothing says so."""
    services.note_sponsor_gone(instance)


def on_people_going(people: Collection[int], **_kwargs: object) -> None:
    """People are about to be deleted."""
    services.lock_places_of(people)


def on_presence_changed(people: Collection[int], **_kwargs: object) -> None:
    """Accounts were switched off or on."""
    services.follow_presence(people)


def on_published(instance: CommunityPage, **_kwargs: object) -> None:
    """A new community gets the facilitators that its page names."""
    if not instance.has_been_facilitated():
        services.appoint_named(instance, by=None)
