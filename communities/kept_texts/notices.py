"""What is kept of somebody's, told to them; and what they sent, told to those who publish."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.kept_texts.access import readable
from communities.kept_texts.publishers import publishers
from communities.models import KeptText
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords
from core.outbox import emit

KEPT, SENT = "communities.text_kept", "communities.text_sent"


def tell_kept(text: KeptText) -> None:
    emit(KEPT, text, data={"person": text.person_id})


def tell_sent(text: KeptText) -> None:
    emit(SENT, text, actor=text.person, data={"person": text.person_id})


def its_person(event: Happened) -> list[int]:
    return [event.data["person"]]


def who_publishes(event: Happened) -> list[int]:
    text = KeptText.objects.filter(pk=event.subject_pk).first()
    return sorted(set(publishers(text).values_list("person_id", flat=True))) if text else []


def texts_told(reader: Person, keys: Collection[str]) -> Mapping[str, Any]:
    return {str(text.pk): text for text in readable(reader, keys)}


def kept(text: KeptText, _event: Happened, reader: Person) -> NoticeWords | None:
    if text.person_id != reader.pk:
        return None
    title = _("What you typed is kept until %(day)s") % {"day": date_format(text.until, "j F Y")}
    return NoticeWords(title, text.get_absolute_url(), _("It was not yours to change any more."), _("Read and copy it"))


def sent(text: KeptText, event: Happened, reader: Person) -> NoticeWords | None:
    if text.sent_at is None or text.person_id == reader.pk:
        return None
    title = _("%(person)s sends you what they typed") % {"person": event.by or _("Somebody")}
    about = str(text.community)
    return NoticeWords(title, text.get_absolute_url(), "", _("Read it"), about=about)


KINDS = (
    NoticeKind(
        KEPT,
        gettext_lazy("What you typed is kept because a right of yours had ended"),
        words=kept,
        subjects=texts_told,
        recipients=its_person,
    ),
    NoticeKind(
        SENT,
        gettext_lazy("Somebody sends you what they may not write themselves any more"),
        words=sent,
        subjects=texts_told,
        recipients=who_publishes,
    ),
)
