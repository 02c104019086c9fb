"""What delegates hear, and those in whose name they write."""

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from conversations.models import Delegation, Post
from conversations.notices import its_conversation, posts_for
from core.audiences import Person
from core.notices import Happened, Importance, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.models import User

ASKED = "conversations.delegate_asked"
ANSWERED = "conversations.delegate_answered"
ENDED = "conversations.delegate_ended"
ENDING = "conversations.delegate_ending"
WRITTEN = "conversations.written_for"


# -- events ------------------------------------------------------------------------------------------------------------
def tell_asked(delegation: Delegation) -> None:
    emit(ASKED, delegation, actor=delegation.principal)


def tell_answered(delegation: Delegation, by: User) -> None:
    emit(ANSWERED, delegation, actor=by)


def tell_ended(delegation: Delegation, by: User | None) -> None:
    emit(ENDED, delegation, actor=by)


def tell_ending(delegation: Delegation) -> None:
    emit(ENDING, delegation, data={"until": delegation.until.isoformat()})


def tell_written(post: Post, by: User, *, edited: bool = False) -> None:
    """Nothing stands in somebody's name of which they do not hear."""
    if post.is_for_another and post.principal_id not in {None, by.pk}:
        emit(WRITTEN, post, actor=by, data={"conversation": post.conversation_id, "edited": edited})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def the_delegate(event: Happened) -> list[int]:
    return list(Delegation.objects.filter(pk=event.subject_pk).values_list("delegate_id", flat=True))


def the_principal(event: Happened) -> list[int]:
    return list(Delegation.objects.filter(pk=event.subject_pk).values_list("principal_id", flat=True))


def both(event: Happened) -> list[int]:
    """Whoever ended it knows."""
    return [*the_principal(event), *the_delegate(event)]


def in_whose_name(event: Happened) -> list[int]:
    named = Post.objects.filter(pk=event.subject_pk, principal__isnull=False)
    return list(named.values_list("principal_id", flat=True))


# -- what they read ----------------------------------------------------------------------------------------------------
def delegations_told(reader: Person, keys: Collection[str]) -> Mapping[str, Delegation]:
    """Those in which the reader names, or is named."""
    mine = Delegation.objects.filter(Q(principal=reader.pk) | Q(delegate=reader.pk), pk__in=keys)
    return by_key(mine.select_related("principal", "delegate"))


def posts_told(reader: Person, keys: Collection[str]) -> Mapping[str, Post]:
    """Posts in the reader's name that still stand, of conversations that they may read."""
    return by_key(posts_for(reader, keys).filter(principal=reader.pk))


def asked(delegation: Delegation, _event: Happened, _reader: Person) -> NoticeWords | None:
    if not delegation.is_asked:
        return None
    said = {"who": delegation.principal, "day": _day(delegation)}
    return NoticeWords(
        _("%(who)s asks you to write for them in conversations") % said,
        page(),
        text=_("Until %(day)s. Both names stand over what you write so. Nothing happens before you accept.") % said,
        action=_("Accept, or decline"),
        subject=_("Somebody asks you to write for them"),
    )


def answered(delegation: Delegation, _event: Happened, _reader: Person) -> NoticeWords | None:
    said = {"who": delegation.delegate, "day": _day(delegation)}
    if delegation.accepted is None:
        return NoticeWords(_("%(who)s cannot write for you") % said, page(), action=_("Name somebody else"))
    if not delegation.is_standing:
        return None
    return NoticeWords(
        _("%(who)s writes for you until %(day)s") % said,
        page(),
        text=_("You hear of each post in your name, and can change it or take it back."),
        action=_("Look at it, or end it"),
    )


def ended(delegation: Delegation, _event: Happened, reader: Person) -> NoticeWords:
    if delegation.delegate_id == reader.pk:
        words = _("You write no more for %(who)s") % {"who": delegation.principal}
    else:
        words = _("%(who)s writes no more for you") % {"who": delegation.delegate}
    return NoticeWords(words, page(), text=_("What was written stays, with both names."))


def _ending_today(delegation: Delegation, reader: Person, said: Mapping[str, object]) -> NoticeWords:
    if delegation.delegate_id == reader.pk:
        return NoticeWords(_("Today is the last day on which you write for %(principal)s") % said, page())
    words = _("Today is the last day on which %(delegate)s writes for you") % said
    return NoticeWords(words, page(), text=_("To go on, end it and name them again."), action=_("See to it"))


def ending(delegation: Delegation, event: Happened, reader: Person) -> NoticeWords | None:
    if not delegation.is_standing or event.data.get("until") != delegation.until.isoformat():
        return None
    said = {"principal": delegation.principal, "delegate": delegation.delegate, "day": _day(delegation)}
    if delegation.until == timezone.localdate():
        return _ending_today(delegation, reader, said)
    if delegation.delegate_id == reader.pk:
        return NoticeWords(_("You write for %(principal)s until %(day)s") % said, page())
    words = _("%(delegate)s writes for you until %(day)s") % said
    return NoticeWords(words, page(), text=_("To go on, end it and name them again."), action=_("See to it"))


def written(post: Post, event: Happened, _reader: Person) -> NoticeWords | None:
    """Until they have read it; of a change, in any case."""
    if getattr(post, "is_read", False) and not event.data.get("edited"):
        return None
    conversation = post.conversation
    said = {"who": event.by or post.author or _("Somebody"), "title": conversation.title}
    if event.data.get("edited"):
        words = _("%(who)s changed what stands in your name in “%(title)s”")
    else:
        words = _("%(who)s wrote in your name in “%(title)s”")
    return NoticeWords(
        words % said,
        conversation.url_of(post.number),
        action=_("Read it, change it or take it back"),
        about=conversation.title,
        subject=_("Somebody wrote in your name"),
    )


def page() -> str:
    return reverse("conversations:delegates")


def _day(delegation: Delegation) -> str:
    return date_format(delegation.until, "j F Y")


KINDS = (
    NoticeKind(
        ASKED,
        gettext_lazy("Somebody asks you to write for them"),
        words=asked,
        subjects=delegations_told,
        recipients=the_delegate,
    ),
    NoticeKind(
        ANSWERED,
        gettext_lazy("Whoever you named to write for you answers"),
        words=answered,
        subjects=delegations_told,
        recipients=the_principal,
    ),
    NoticeKind(
        ENDED,
        gettext_lazy("Somebody writes no more for another, and you are one of them"),
        words=ended,
        subjects=delegations_told,
        recipients=both,
    ),
    NoticeKind(
        ENDING,
        gettext_lazy("Writing for another ends soon, and you are one of them"),
        words=ending,
        subjects=delegations_told,
        recipients=both,
    ),
    NoticeKind(
        WRITTEN,
        gettext_lazy("Somebody wrote in your name"),
        words=written,
        subjects=posts_told,
        recipients=in_whose_name,
        matter=its_conversation,
        importance=Importance.REST,
    ),
)
