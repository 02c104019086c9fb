"""What a post names, read from its text and kept beside it."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _, ngettext

from conversations.cards import words_in
from conversations.errors import CannotPost
from conversations.mentioned_people import meant_by
from conversations.mentions.candidates import names_for
from conversations.mentions.marking import marked
from conversations.mentions.names import Mentionable, MentionSpan, Names, Unresolved, read
from conversations.mentions.notices import tell_community, tell_people
from conversations.mentions.parsing import beginnings
from conversations.models import Conversation, Mention, Post
from core.audiences import Viewer
from core.text import one_line
from core.versions import changed_for
from people.models import User

MOST = 100  # names with an @ in one post
SHORT = 500  # letters of HTML, among which there may be none to be seen
TAG = re.compile("<[^>]*>")
TOLD = 20
"""People whom one post tells by name or role. Whoever needs more has a community, or begins a conversation."""


class TooMany(CannotPost):
    """The post names more than one post may."""


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text as it is kept. ``people`` are those whom it names, by name or role."""

    text: str
    html: str
    spans: Sequence[MentionSpan]
    unresolved: Sequence[Unresolved]
    people: Collection[int] = ()


def written(text: str, conversation: Conversation, by: Viewer, before: Iterable[Mention] = ()) -> WrittenText:
    """What ``by`` wrote. ``before`` is what the post named until now: it stays named, also where ``by`` could not name
    it any more. Raises ``CannotPost`` where nothing of it could be read.
    """
    found = list(islice(beginnings(text), MOST + 1))
    if len(found) > MOST:
        raise TooMany(_("One post names %(most)s at most with an @. Take some out, then send it.") % {"most": MOST})
    known = [_kept(before), names_for(found, conversation, by)] if found else []
    spans, unresolved = read(text, found, *known)
    html, spans = marked(text, spans)
    if len(html) < SHORT and not one_line(unescape(TAG.sub("", html))):
        raise CannotPost(_("Write something first."))
    people = set(meant_by(span.named.key for span in spans))
    if len(people) > TOLD:
        raise TooMany(
            _("This would tell %(people)s people by name. One post tells %(most)s at most: name fewer of them.")
            % {"people": len(people), "most": TOLD}
        )
    return WrittenText(text, html, spans, unresolved, people)


def _kept(before: Iterable[Mention]) -> Names:
    names = Names()
    for mention in before:
        if mention.is_there:
            slug = mention.person.slug if mention.person else ""
            names.add(Mentionable(mention.key, mention.name, slug), mention.typed)
    return names


def before(post: Post) -> list[Mention]:
    """What it named until now, and what it named once."""
    return list(post.mentions.select_related("person"))


def keep(post: Post, said: WrittenText, by: User, before: Collection[Mention] = ()) -> None:
    """Keep what a post names, in the transaction that writes it. Whoever is named for the first time is told."""
    if not (said.spans or before):
        return
    rows = {mention.key: mention for mention in before}
    there = {span.named.key: span for span in said.spans}
    Mention.objects.bulk_create(row(post, span) for key, span in there.items() if key not in rows)
    changed = [one for key, one in rows.items() if one.is_there is not (key in there) or _retyped(one, there)]
    for one in changed:
        one.is_there = one.key in there
        one.typed = there[one.key].typed if one.is_there else one.typed
    Mention.objects.bulk_update(changed, ["is_there", "typed"])
    known = meant_by(rows)
    changed_for(pk for pk, key in known.items() if key in {one.key for one in changed})
    new = there.keys() - rows.keys()
    tell_people(post, by, {pk: key for pk, key in meant_by(new).items() if pk not in known})
    for key in sorted(new):
        if key.startswith("community:"):
            tell_community(post, by, there[key].named.pk)


def _retyped(row: Mention, there: dict[str, MentionSpan]) -> bool:
    return row.key in there and row.typed != there[row.key].typed


def row(post: Post, span: MentionSpan) -> Mention:
    """That the post names what stands there."""
    kind, pk = span.named.kind, span.named.pk
    community = pk if kind == "community" else int(span.named.key.split(":")[2]) if kind == "role" else None
    return Mention(
        post=post,
        key=span.named.key,
        person_id=pk if kind == "person" else None,
        community_id=community,
        role_id=pk if kind == "role" else None,
        name=span.named.name,
        typed=span.typed,
    )


# -- before it is sent -------------------------------------------------------------------------------------------------
def fit(form: Form, conversation: Conversation, by: Viewer, before: Iterable[Mention] = ()) -> bool:
    """Whether a filled form says something, and names as few as one post may. Its field says so where it does not."""
    try:
        written(form.cleaned_data["text"], conversation, by, before)
    except CannotPost as refusal:
        form.add_error("text", str(refusal))
    return not form.errors


def previewed(text: str, conversation: Conversation, by: Viewer) -> dict[str, Any]:
    """For the form: the text as it would be shown, and what to know before sending it."""
    said = written(text, conversation, by)
    return {"preview": words_in(said.html, by), "preview_notes": in_words(said)}


def in_words(said: WrittenText) -> list[str]:
    """What whoever wrote it should know before they send it."""
    lines = [_about(each) for each in {one.typed: one for one in said.unresolved}.values()]
    if said.people:
        count = len(said.people)
        lines.append(ngettext("It tells %(n)s person.", "It tells %(n)s people.", count) % {"n": count})
    return lines


def _about(unresolved: Unresolved) -> str:
    if not unresolved.choices:
        return _("“@%(name)s” stays as it is: nobody whom you can name here is called so.") % {"name": unresolved.typed}
    choices = "; ".join(f"@{each.slug} ({each.about or each.name})" for each in unresolved.choices)
    return _("“@%(name)s” could be several. Write one of these: %(choices)s") % {
        "name": unresolved.typed,
        "choices": choices,
    }
