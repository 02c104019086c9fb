"""What guests hear, and those who answer for them."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.choices import Capability
from communities.models import Membership
from communities.rights import memberships_with
from conversations.models import Conversation, Guest
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit, subject_of
from people.away import stand_ins_by_person, stand_ins_of
from people.choices import PersonKind
from people.models import User

ADMITTED = "conversations.guest_admitted"
ENDED = "conversations.guest_ended"
DUE = "conversations.guest_due"


def tell_admitted(guest: Guest) -> None:
    emit(ADMITTED, guest, actor=guest.invited_by)


def tell_ended(guest: Guest, by: User | None) -> None:
    """``by`` nobody, where it ended because the conversation went elsewhere."""
    emit(ENDED, guest, actor=by)


def the_guest(event: Happened) -> list[int]:
    found = Guest.objects.filter(pk=event.subject_pk, person__isnull=False)
    return list(found.values_list("person_id", flat=True))


def whoever_answers(event: Happened) -> list[int]:
    """The sponsor, and who stands in for them today and could answer; where nobody answers any more, those who may
    invite from outside.
    """
    guest = Guest.objects.filter(pk=event.subject_pk).first()
    if guest is None:
        return []
    if guest.sponsor_id and Guest.objects.answered_for().filter(pk=guest.pk).exists():
        instead = _could_answer(stand_ins_of([guest.sponsor_id])).filter(community=guest.community_id)
        return [guest.sponsor_id, *instead.values_list("person_id", flat=True)]
    may = memberships_with(Capability.INVITE_OUTSIDE).filter(community=guest.community_id, person__is_active=True)
    return list(may.values_list("person_id", flat=True).distinct())


def _could_answer(people: Iterable[int]) -> QuerySet[Membership]:
    """Those of ``people`` (keys) who work here, with the communities that they belong to."""
    staff = {"person__is_active": True, "person__kind": PersonKind.STAFF}
    return Membership.objects.active().filter(person__in=list(people), **staff)


def stand_ins_who_answer() -> dict[str, set[int]]:
    """Whoever stands in by now for the sponsor of a guest who waits to be looked at again, by guest."""
    if not (instead := stand_ins_by_person()):
        return {}
    belong = set(_could_answer(instead.values()).values_list("person_id", "community_id"))
    waiting = Guest.objects.going_on().filter(asked_for=F("until"), sponsor__in=instead)
    return {
        subject_of(guest): {instead[guest.sponsor_id]}
        for guest in waiting
        if guest.sponsor_id and (instead[guest.sponsor_id], guest.community_id) in belong
    }


def places_of(reader: Person, keys: Collection[str]) -> Mapping[str, Guest]:
    """The reader's own places, of conversations that they may read."""
    shown = Conversation.objects.shown_to(reader).filter(pk=OuterRef("conversation"))
    mine = Guest.objects.filter(Exists(shown), pk__in=keys, person=reader.pk)
    return by_key(mine.select_related("conversation", "invited_by"))


def places_that_ended(reader: Person, keys: Collection[str]) -> Mapping[str, Guest]:
    """Those that somebody ended, and those whose conversation stands elsewhere now."""
    mine = Guest.objects.filter(pk__in=keys, person=reader.pk)
    return by_key(mine.exclude(pk__in=mine.filter(ended=None).where_invited().values("pk")))


def places_to_see_to(reader: Person, keys: Collection[str]) -> Mapping[str, Guest]:
    """Those that go on, of conversations that the reader may read."""
    shown = Conversation.objects.shown_to(reader).filter(pk=OuterRef("conversation"))
    found = Guest.objects.going_on().filter(Exists(shown), pk__in=keys)
    return by_key(found.select_related("conversation", "person"))


def admitted(guest: Guest, _event: Happened, _reader: Person) -> NoticeWords | None:
    if guest.came:
        return None
    who = guest.invited_by or _("Somebody")
    words = _("%(who)s invites you to a conversation: %(title)s") % {"who": who, "title": guest.conversation.title}
    return NoticeWords(words, guest.conversation.url, text=guest.purpose, action=_("Read it, and answer"))


def ended(_guest: Guest, _event: Happened, _reader: Person) -> NoticeWords:
    """Without its title: they read it no more."""
    return NoticeWords(_("You are no longer a guest of a conversation"), reverse("conversations:everywhere"))


def due(guest: Guest, event: Happened, _reader: Person) -> NoticeWords:
    said = {"who": guest.name, "title": guest.conversation.title, "day": date_format(guest.until, "j F Y")}
    return NoticeWords(
        _("Does %(who)s stay in “%(title)s”? Say so by %(day)s") % said,
        reverse("conversations:guests", args=[guest.conversation_id]),
        text=guest.purpose,
        action=_("Let them stay, or not"),
        subject=_("A guest of a conversation: do they stay?"),
    )


KINDS = (
    NoticeKind(
        ADMITTED,
        gettext_lazy("Somebody invites you to one conversation"),
        words=admitted,
        subjects=places_of,
        recipients=the_guest,
    ),
    NoticeKind(
        ENDED,
        gettext_lazy("You are no longer a guest of a conversation"),
        words=ended,
        subjects=places_that_ended,
        recipients=the_guest,
    ),
    NoticeKind(
        DUE,
        gettext_lazy("A guest for whom you answer is to be looked at again"),
        words=due,
        subjects=places_to_see_to,
        recipients=whoever_answers,
        later=stand_ins_who_answer,
    ),
)
