"""What conversations hold of people."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conversations.models import CommunityPromise, Draft, Post, PostVersion, Promise, Reaction, Standing
from core.holdings import Person, PersonalData, Row, nothing, told


def _promises_of(person: Person) -> Iterable[Row]:
    named = CommunityPromise.objects.filter(Q(keeper=person) | Q(backup=person))
    seen = Promise.objects.filter(Q(acknowledged_by=person) | Q(waiting_by=person))
    return [
        *told(named, community="community__title"),
        *told(seen, "acknowledged", "waiting_since", conversation="conversation__title"),
    ]


def _posts_of(person: Person) -> Iterable[Row]:
    """With what each said before it was changed."""
    posts = Post.objects.filter(author=person)
    before = PostVersion.objects.filter(post__author=person)
    return [
        *told(posts, "posted", "text", conversation="conversation__title", for_another="is_for_another"),
        *told(before, text_before="text", until="until", conversation="post__conversation__title"),
    ]


HELD = (
    PersonalData(
        "posts",
        _("What you wrote in conversations"),
        _("Your posts, what they said before you changed them, and the conversations that you began."),
        rows=_posts_of,
        covers=(
            "conversations.Post.author",
            "conversations.Conversation.begun_by",
            "conversations.PostVersion.by",
        ),
        goes=_("That they were yours."),
        stays=_("The words, because others answered them. Ask those who moderate to take out what tells who you are."),
    ),
    PersonalData(
        "moderating",
        _("What you did as somebody who moderates"),
        _("The conversations that you closed, and the posts that you removed."),
        rows=nothing,
        covers=("conversations.Conversation.closed_by", "conversations.Post.removed_by"),
        stays=_("That it was done, without your name."),
    ),
    PersonalData(
        "standings",
        _("How far you read in conversations"),
        _("Up to which post you read, and what you follow."),
        rows=lambda person: told(
            Standing.objects.filter(person=person), "read_to", "level", conversation="conversation__title"
        ),
        covers=("conversations.Standing.person",),
        goes=_("All of it."),
    ),
    PersonalData(
        "reactions",
        _("Your thanks and agreement"),
        _("The posts that you thanked for or agreed with."),
        rows=lambda person: told(
            Reaction.objects.filter(person=person), "feeling", conversation="post__conversation__title"
        ),
        covers=("conversations.Reaction.person",),
        goes=_("All of it."),
    ),
    PersonalData(
        "drafts of posts",
        _("What you typed in conversations and have not sent"),
        _("One draft for each place where you write."),
        rows=lambda person: told(Draft.objects.filter(person=person), "place", "typed", "saved"),
        covers=("conversations.Draft.person",),
        goes=_("All of it."),
    ),
    PersonalData(
        "promises",
        _("Questions that you see to"),
        _("The communities that named you for their questions, and the questions that you said you look into."),
        rows=_promises_of,
        covers=(
            "conversations.CommunityPromise.keeper",
            "conversations.CommunityPromise.backup",
            "conversations.Promise.acknowledged_by",
            "conversations.Promise.waiting_by",
        ),
        goes=_("That it was you."),
        stays=_("That somebody saw the question, and when."),
    ),
)
