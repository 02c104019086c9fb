"""What the ground floor holds of people: what Wagtail and Django write down, e-mail addresses, events on their way."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page, PageLogEntry, Revision, UploadedFile
from wagtail.users.models import UserProfile

from core.dead_addresses.models import DeadAddress
from core.holdings import Person, PersonalData, Row, nothing, told
from core.models import HubDocument, HubImage
from core.outbox import Delivery, subject_of

SOMEBODY = "—"
"""What stands where a name stood."""


# -- log ---------------------------------------------------------------------------------------------------------------
def _logged(person: Person) -> Iterable[Row]:
    for model in (PageLogEntry, ModelLogEntry):
        yield from told(model.objects.filter(user=person.pk), "timestamp", "action")
    yield from told(LogEntry.objects.filter(user=person), timestamp="action_time", action="action_flag")


def erase_from_log(person: Person) -> None:
    """Who did what and when stays, with a number instead of the name; what was written of this person says no name."""
    about = ContentType.objects.get_for_model(person)
    of_theirs = ModelLogEntry.objects.filter(content_type=about, object_id=str(person.pk))
    names = {*_names(person), *of_theirs.exclude(label="").values_list("label", flat=True)}  # as they were called then
    of_theirs.update(label=SOMEBODY, data={})
    LogEntry.objects.filter(content_type=about, object_id=str(person.pk)).update(
        object_repr=SOMEBODY, change_message=""
    )
    for model in (PageLogEntry, ModelLogEntry):
        for entry in _mentioning(model.objects.all(), "data", names):
            cleaned = without(entry.data, names)
            if cleaned != entry.data:
                entry.data = cleaned
                entry.save(update_fields=["data"])


def _names(person: Person) -> set[str]:
    """By what somebody is named in full: a part of a name may be another's."""
    return {name for name in (person.name, person.email) if name}


def _mentioning(rows: QuerySet[Any], field: str, names: Iterable[str]) -> Iterator[Any]:
    """Rows whose JSON holds one of the names, in either of the two ways in which databases write it."""
    said = {form for name in names for form in (name, json.dumps(name)[1:-1])}
    found = Q()
    for one in said:
        found |= Q(as_text__contains=one)
    return rows.annotate(as_text=Cast(field, TextField())).filter(found).iterator() if said else iter(())


def without(value: object, names: Iterable[str], *, is_line_of_names: bool = False) -> Any:
    """The same with the names taken out, wherever they stand in it.

    People call themselves what they like, and the log is everybody's: a name is taken out where it stands whole, and
    one of a single word, which may be any word, where it is all that stands there or in a line of names.
    """
    if isinstance(value, str):
        for name in sorted(names, key=len, reverse=True):
            value = re.sub(_whole(name, alone=not is_line_of_names), SOMEBODY, value)
        return value
    if isinstance(value, dict):
        return {key: without(each, names) for key, each in value.items()}
    return [without(each, names) for each in value] if isinstance(value, list) else value


def _whole(name: str, *, alone: bool) -> str:
    """A pattern of the name, and not of a part of another's: Ann Lee is neither Ann Lee-Jones nor MacAnn Lee."""
    if "@" in name:
        return rf"(?<![\w.+-]){re.escape(name)}(?![\w-]|\.\w)"
    if alone and " " not in name:
        return rf"\A{re.escape(name)}\Z"
    return rf"(?<![\w-]){re.escape(name)}(?![\w-])"


# -- versions of pages -------------------------------------------------------------------------------------------------
def _edited(person: Person) -> Iterable[Row]:
    return told(Revision.objects.filter(user=person), "created_at", what="object_str")


def erase_from_versions(person: Person) -> None:
    """Versions of pages keep who told them in a line of names: theirs goes out of it, as it goes from the page."""
    for version in _mentioning(Revision.objects.all(), "content", _names(person)):
        before = version.content.get("byline")
        after = without(before, _names(person), is_line_of_names=True)
        if after != before:
            version.content = {**version.content, "byline": after}
            version.save(update_fields=["content"])


def _pages(person: Person) -> Iterable[Row]:
    return told(Page.objects.filter(owner=person), "title", made="first_published_at")


# -- e-mail and events -------------------------------------------------------------------------------------------------
def _dead(person: Person) -> QuerySet[DeadAddress]:
    return DeadAddress.objects.filter(address=(person.email or "").lower())


def _on_the_way(person: Person) -> QuerySet[Delivery]:
    return Delivery.objects.filter(Q(actor=str(person.pk)) | Q(subject=subject_of(person)))


def _erase_from_outbox(person: Person) -> None:
    """Events hold keys; what a mail server said of a failure may hold an address."""
    if person.email:
        Delivery.objects.filter(reason__icontains=person.email).update(reason=SOMEBODY)


def _uploads(person: Person) -> Iterable[Row]:
    for model in (HubImage, HubDocument):
        yield from told(model.objects.filter(uploaded_by_user=person), "title", "created_at")


def _written_in_the_editor(person: Person) -> Iterable[Row]:
    yield from told(Comment.objects.filter(user=person), "text", "created_at")
    yield from told(CommentReply.objects.filter(user=person), "text", "created_at")
    yield from told(FormState.objects.filter(user=person), "data")


def _columns(*models: type[Model], fields: Iterable[str]) -> list[str]:
    return [f"{model._meta.label}.{field}" for model in models for field in fields]


HELD = (
    PersonalData(
        "log",
        _("What you did, in the log"),
        _("What you published, moved, checked and decided in the editor and as a facilitator, and when."),
        rows=_logged,
        covers=("wagtailcore.PageLogEntry.user", "wagtailcore.ModelLogEntry.user", "admin.LogEntry.user"),
        stays=_("That it was done and when, with a number instead of your name: others must know how it came about."),
        erase=erase_from_log,
    ),
    PersonalData(
        "versions",
        _("Versions of pages that you saved"),
        _("Which pages you worked on in the editor, and when."),
        rows=_edited,
        covers=(
            *("wagtailcore.Revision.user", "wagtailcore.WorkflowState.requested_by"),
            *("wagtailcore.TaskState.finished_by", "wagtailcore.Comment.resolved_by"),
        ),
        stays=_("The versions, because they are the page’s; no longer that they were yours."),
        erase=erase_from_versions,
    ),
    PersonalData(
        "pages",
        _("Pages that you made"),
        _("Which pages you began in the editor."),
        rows=_pages,
        covers=("wagtailcore.Page.owner", "wagtailcore.Page.locked_by"),
        stays=_("The pages, because communities look after them; no longer that you began them."),
    ),
    PersonalData(
        "uploads",
        _("Pictures and files that you brought"),
        _("What you put into the library of pictures and files."),
        rows=_uploads,
        covers=(
            *_columns(HubImage, HubDocument, fields=["uploaded_by_user"]),
            *("wagtailimages.Image.uploaded_by_user", "wagtaildocs.Document.uploaded_by_user"),
        ),
        stays=_("The pictures and files, because pages show them; no longer who brought them."),
    ),
    PersonalData(
        "editor",
        _("Your work in the editor"),
        _("Comments on drafts, what you typed and have not saved, and how you set the editor up."),
        rows=_written_in_the_editor,
        covers=(
            *_columns(Comment, CommentReply, EditingSession, FormState, UserProfile, fields=["user"]),
            *("wagtailcore.PageSubscription.user", "wagtailcore.APIToken.user"),
            f"{UploadedFile._meta.label}.uploaded_by_user",
        ),
        goes=_("All of it."),
    ),
    PersonalData(
        "dead address",
        _("That your address takes no e-mail"),
        _("What your mail server said when it refused e-mail for good."),
        rows=lambda person: told(_dead(person), "address", "reason", "stopped"),
        goes=_("All of it."),
        erase=lambda person: _dead(person).delete(),
    ),
    PersonalData(
        "on its way",
        _("Word that is on its way"),
        _("Events that wait to be told to others, such as an e-mail that you caused. They hold keys and no words."),
        rows=lambda person: told(_on_the_way(person), "kind", "at"),
        stays=_("What waits goes out without your name, and is deleted then, within minutes."),
        erase=_erase_from_outbox,
    ),
    PersonalData(
        "asked of search",
        _("What you asked the search"),
        _("How often something was asked, by nobody in particular: who asked is not kept."),
        rows=nothing,
        stays=_("The counts. Nobody can tell whose they are."),
    ),
    PersonalData(
        "attempts",
        _("Attempts to sign in"),
        _("Wrong passwords are counted for an hour at most under a scrambled form of your address, in memory."),
        rows=nothing,
        stays=_("The counts, until the hour is over."),
    ),
)
