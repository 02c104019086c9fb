"""Who hears of copies and of requests to be erased."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from accounts.personal_data.models import ErasureRequest, HeldCopy
from core.audiences import Person
from core.editors import is_hub_team
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from people.models import User

READY = "accounts.copy_ready"
ASKED = "accounts.erasure_asked"


def tell_ready(copy: HeldCopy) -> None:
    """The copy that somebody asked for is made."""
    emit(READY, copy)


def tell_asked(asked: ErasureRequest) -> None:
    """Somebody wants to be erased."""
    emit(ASKED, asked, actor=asked.person)


def _whose(event: Happened) -> Iterable[int]:
    return HeldCopy.objects.filter(pk=event.subject_pk).values_list("person_id", flat=True)


def _hub_team(_event: Happened) -> Iterable[int]:
    return User.objects.here().filter(is_superuser=True).values_list("pk", flat=True)


def _copies(reader: Person, pks: Collection[str]) -> dict[str, Any]:
    return by_key(HeldCopy.objects.filter(pk__in=pks, person=reader.pk).exclude(made=None).defer("content"))


def _requests(reader: Person, pks: Collection[str]) -> dict[str, Any]:
    if not is_hub_team(reader):
        return {}
    return by_key(ErasureRequest.objects.filter(pk__in=pks).select_related("person"))


def _ready(copy: HeldCopy, event: Happened, reader: Person) -> NoticeWords:
    return NoticeWords(
        title=_("The copy of your personal data is ready"),
        text=_("It is there for you alone until %(day)s.")
        % {"day": date_format(copy.until, "j F") if copy.until else ""},
        url=reverse("held"),
        action=_("Fetch it"),
    )


def _asked(asked: ErasureRequest, event: Happened, reader: Person) -> NoticeWords:
    return NoticeWords(
        title=_("%(person)s asks to be erased") % {"person": asked.person},
        text=_("The law gives you a month."),
        url=reverse("erasure", args=[asked.person.slug]),
        action=_("See what goes and what stays"),
        subject=_("Somebody asks to be erased"),
    )


KINDS = (
    NoticeKind(
        READY, gettext_lazy("A copy that you asked for is ready"), recipients=_whose, subjects=_copies, words=_ready
    ),
    NoticeKind(
        ASKED, gettext_lazy("Somebody asks to be erased"), recipients=_hub_team, subjects=_requests, words=_asked
    ),
)
