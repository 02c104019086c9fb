"""What somebody typed and chose and has not sent: it waits where the posts are, and goes back with them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from conversations.attachments.services import MOST
from conversations.models import Attachment, Conversation, Draft
from conversations.services.drafts import place_of

Joined = list[tuple[int, list[int]]]
"""People whose words for both stand together, by their keys, and which of their files went along."""


def take(source: Conversation, target: Conversation, people: Iterable[int] | None = None) -> list[int]:
    """Put it from ``source`` to ``target``, of everybody or of these ``people`` (keys), and say whose it was. What
    somebody typed there, too, is not touched: see ``join``.
    """
    there = list(Draft.objects.filter(place=place_of(target)).values_list("person", flat=True))
    drafts = Draft.objects.filter(place=place_of(source)).exclude(person__in=there)
    files = Attachment.objects.filter(place=place_of(source)).exclude(unsent_by__in=there)
    if people is not None:
        drafts, files = drafts.filter(person__in=people), files.filter(unsent_by__in=people)
    whose = {*drafts.values_list("person", flat=True), *files.values_list("unsent_by", flat=True)}
    drafts.update(place=place_of(target))
    files.update(place=place_of(target))
    return sorted(pk for pk in whose if pk)


def join(source: Conversation, target: Conversation) -> Joined:
    """Where somebody typed for both, put what they typed for ``source`` below, so that they find it: nothing leads to
    ``source`` now. Its draft is kept, to go back to. As many files go along as a post takes.
    """
    joined: Joined = []
    for kept in Draft.objects.filter(place=place_of(source)).order_by("person"):
        there = Draft.objects.filter(place=place_of(target), person=kept.person_id).first()
        if there is None:
            continue
        room = max(0, MOST - _files(target, kept.person_id).count())
        files = list(_files(source, kept.person_id).order_by("pk").values_list("pk", flat=True)[:room])
        Attachment.objects.filter(pk__in=files).update(place=place_of(target))
        text = "\n\n".join(filter(None, (there.typed.get("text", ""), kept.typed.get("text", ""))))
        _say(there, text, has_files=bool(files) or "files" in there.typed)
        joined.append((kept.person_id, files))
    return joined


def part(target: Conversation, source: Conversation, joined: Joined) -> None:
    """The way back. What was changed or sent meanwhile was so with the rest, and waits only where it is."""
    for person, files in joined:
        kept = Draft.objects.filter(place=place_of(source), person=person).first()
        there = Draft.objects.filter(place=place_of(target), person=person).first()
        if kept is None:
            continue
        words = kept.typed.get("text", "")
        before = there.typed.get("text", "") if there else ""
        if there is None or not before.endswith(words):
            _forget_words(kept, has_files=_files(source, person).exists())
            continue
        _files(target, person).filter(pk__in=files).update(place=place_of(source))
        text = before.removesuffix(words).removesuffix("\n\n") if words else before
        _say(there, text, has_files=_files(target, person).exists())


def _files(where: Conversation, person: int | None) -> QuerySet[Attachment]:
    found: QuerySet[Attachment] = Attachment.objects.filter(place=place_of(where), unsent_by=person)
    return found


def _say(draft: Draft, text: str, *, has_files: bool) -> None:
    """Without another time at which it was saved: its writer did nothing."""
    others = {name: value for name, value in draft.typed.items() if name not in {"text", "files"}}
    typed = {**others, "text": text, **({"files": "1"} if has_files else {})}
    Draft.objects.filter(pk=draft.pk).update(typed=typed)


def _forget_words(kept: Draft, *, has_files: bool) -> None:
    if has_files:
        _say(kept, "", has_files=True)
    else:
        kept.delete()
