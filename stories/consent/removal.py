"""A name goes from everywhere that the hub keeps it with a story: what is live, drafts, every old version, the log,
comments, the words on a photograph, old addresses and copies that somebody asked for.

Search, feeds, lists and kept fragments follow from the rows, as after any change.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, ReferenceIndex, Revision, TaskState

from accounts.personal_data.models import HeldCopy
from core.models import HubImage
from stories.models import StoryAuthor, StoryPage
from stories.named.gate import is_settled, named_in
from stories.named.models import NamedPerson
from stories.named.names import Forms, find, replace
from stories.named.passages import forms, shown_of
from stories.writing.access import draft_of

Change = Callable[[str], str]


def remove(named: NamedPerson, known: Forms, *, picture_goes: bool) -> None:
    """Take the name out. ``known`` are its forms from before it went; the row itself says already that it has gone."""
    stories = list(StoryPage.objects.filter(consent_key=named.key).order_by("pk"))
    if not stories:
        return
    staying = [one for one in named_in(stories[0]) if one.pk != named.pk and not one.is_gone]
    others = [forms(one) for one in staying]
    agreed = [(story, one) for story in stories for one in staying if is_settled(draft_of(story), one)]

    def change(text: str) -> str:
        return replace(text, known, named.instead, others=others)

    keys = [story.pk for story in stories]
    pictures = _pictures(stories)
    going = {pk for pk, image in pictures.items() if picture_goes or _is_called_so(image, known)}
    if named.person_id:
        StoryAuthor.objects.filter(story__in=keys, person=named.person_id).delete()
    _save_rows(keys, going)
    _sweep_versions(keys, change, named, going)
    _sweep_rows(keys, change)
    _sweep_addresses(keys, known)
    for pk, image in pictures.items():
        _sweep_picture(image, change, goes=pk in going, keys=keys)
    for story, one in agreed:  # their passages changed, and not by what is said of them
        one.shown = sorted({*one.shown, *shown_of(draft_of(StoryPage.objects.get(pk=story.pk)), one)})
        one.save(update_fields=["shown"])
    HeldCopy.objects.filter(person__in=StoryAuthor.objects.filter(story__in=keys).values("person")).delete()


def remove_picture(named: NamedPerson) -> None:
    """Somebody agrees to their name, and not to the photograph: it goes from every version."""
    stories = list(StoryPage.objects.filter(consent_key=named.key).order_by("pk"))
    keys, pictures = [story.pk for story in stories], _pictures(stories)
    _save_rows(keys, set(pictures))
    _sweep_versions(keys, str, named, set(pictures), authors_go=False)
    for image in pictures.values():
        _sweep_picture(image, str, goes=True, keys=keys)


def _save_rows(keys: list[int], going: set[int]) -> None:
    """Saving a story takes out of it who is not to be named, its address included; the old one leads nowhere."""
    for key in keys:
        story = StoryPage.objects.get(pk=key)
        if story.picture_id in going:
            story.picture = None
        story.leaves_no_address = True
        story.save(clean=False)


def _pictures(stories: list[StoryPage]) -> dict[int, Any]:
    """Every photograph that one of them has or had in some version."""
    keys = [str(story.pk) for story in stories]
    contents = _revisions(keys).values_list("content__picture", flat=True)
    found = {story.picture_id for story in stories} | set(contents)
    model = StoryPage._meta.get_field("picture").related_model
    return dict(model._default_manager.in_bulk([pk for pk in found if isinstance(pk, int)]))


def _is_called_so(image: HubImage, known: Forms) -> bool:
    """Whether the address of its file says the name."""
    return bool(find(image.file.name, known, any_case=True))


def _revisions(keys: Iterable[object]) -> Any:
    base = ContentType.objects.get(app_label="wagtailcore", model="page")
    return Revision.objects.filter(base_content_type=base, object_id__in=[str(key) for key in keys])


def _sweep_versions(
    keys: list[int], change: Change, named: NamedPerson, going: set[int], *, authors_go: bool = True
) -> None:
    addresses = {
        str(pk): (slug, path)
        for pk, slug, path in StoryPage.objects.filter(pk__in=keys).values_list("pk", "slug", "url_path")
    }
    for revision in _revisions(keys).iterator(chunk_size=50):
        content = _swept(revision.content, change)
        content["slug"], content["url_path"] = addresses[revision.object_id]
        if content.get("picture") in going:
            content["picture"] = None
        if authors_go and named.person_id:
            links = content.get("author_links") or []
            content["author_links"] = [link for link in links if link.get("person") != named.person_id]
            content["byline"] = ""
        Revision.objects.filter(pk=revision.pk).update(content=content, object_str=change(revision.object_str)[:255])


def _swept(value: Any, change: Change) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _swept(each, change) for key, each in value.items()}
    return [_swept(each, change) for each in value] if isinstance(value, list) else value


def _sweep_rows(keys: list[int], change: Change) -> None:
    """What Wagtail keeps beside the pages."""
    _sweep_log(PageLogEntry.objects.filter(page__in=keys), change)
    for model, rows in (
        (Comment, Comment.objects.filter(page__in=keys)),
        (CommentReply, CommentReply.objects.filter(comment__page__in=keys)),
    ):
        for pk, text in rows.values_list("pk", "text"):
            model.objects.filter(pk=pk).update(text=change(text))
    for state in TaskState.objects.filter(revision__in=_revisions(keys)).exclude(comment=""):
        TaskState.objects.filter(pk=state.pk).update(comment=change(state.comment))


def _sweep_log(entries: Iterable[PageLogEntry | ModelLogEntry], change: Change) -> None:
    for entry in entries:
        data = _swept(entry.data, change) if entry.data else entry.data
        type(entry).objects.filter(pk=entry.pk).update(label=change(entry.label), data=data)


def _sweep_addresses(keys: list[int], known: Forms) -> None:
    """An old address that says the name leads nowhere any more."""
    for pk, path in Redirect.objects.filter(redirect_page__in=keys).values_list("pk", "old_path"):
        if find(path, known, any_case=True):
            Redirect.objects.filter(pk=pk).delete()


def _sweep_picture(image: HubImage, change: Change, *, goes: bool, keys: list[int]) -> None:
    """Its words are changed; it is deleted where nothing else shows it."""
    base = ContentType.objects.get(app_label="wagtailcore", model="page")
    own = {"base_content_type": base, "object_id__in": [str(key) for key in keys]}
    is_used = ReferenceIndex.get_references_to(image).exclude(**own).exists()
    kind = ContentType.objects.get_for_model(image)
    _sweep_log(ModelLogEntry.objects.filter(content_type=kind, object_id=str(image.pk)), change)
    if goes and not is_used:
        image.delete()
        return
    title, description = change(image.title), change(image.description)
    if (title, description) != (image.title, image.description):
        image.title, image.description = title[:255], description[:255]
        image.save()
