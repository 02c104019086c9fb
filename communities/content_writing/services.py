"""What is written for a community is kept as a draft by Wagtail, and published with Wagtail's own actions.

Each locks the community's row and then the page's, as an approval in the editor does.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.approval import requests
from communities.approval.approvers import approves, needs_a_word
from communities.approval.notices import tell_published
from communities.content_writing.access import require_publishing, require_writing
from communities.content_writing.kinds import Needs, P, Writing
from communities.models import CommunityPage
from communities.rights import can, require
from core.writing import drafts
from core.writing.merging import MergedForm, Values, fingerprint
from people.models import User


@transaction.atomic
def begin(
    writing: Writing[P], community: CommunityPage, typed: Values, by: User, bring: drafts.Bring = drafts.nothing_else
) -> P:
    """A new draft. Nobody is shown it but those who write such pages for the community."""
    require_writing(writing, by, community)
    _require_more(writing, by, community, writing.needs(writing.model(), typed))
    page = writing.model(community=community)

    def first(page: P) -> bool:
        writing.made(page, by)
        return bring(page)

    found: P = drafts.begin(page, writing.index._default_manager.get(), typed, by, writing.kind, first)
    writing.begun(found, by)
    return found


@transaction.atomic
def save(
    writing: Writing[P], page: P, typed: Values, seen: str, by: User, bring: drafts.Bring = drafts.nothing_else
) -> P:
    """Keep what was typed as the newest draft."""
    row = _locked(writing, page, by)
    if refusal := why_not(writing, row, by):
        raise drafts.CannotWrite(refusal)
    _require_more(writing, by, row, writing.needs(drafts.draft_of(row), typed))
    draft: P = drafts.keep(row, typed, seen, by, writing.kind, bring)
    return draft


def _require_more(writing: Writing[P], by: User, subject: CommunityPage | P, needs: Needs | None) -> None:
    if needs:
        require(by, needs.right, subject)


def why_not(writing: Writing[P], row: P, person: User) -> str:
    """Why the page cannot be written on now; empty where it can."""
    if (needs := writing.needs(drafts.draft_of(row), {})) and not can(person, needs.right, row):
        return needs.because
    if requests.is_waiting(row) and not approves(person, row):
        return _("It waits for those who publish it. Take it back to write on.")
    return drafts.why_not(row, person)


def missing(writing: Writing[P], typed: Values) -> dict[str, str]:
    """What it needs before others read it, by field."""
    empty = {"", str(writing.kind.untitled())}
    asked = [name for name in writing.needed if name in typed]
    return {name: _("Write this before others read it.") for name in asked if typed[name].strip() in empty}


@transaction.atomic
def publish(writing: Writing[P], page: P, seen: str, by: User) -> P | None:
    """Publish the newest draft, which is the one that ``by`` saw: by agreeing to it where it waits for that.

    ``None`` where the community wants somebody else's word first; it is asked for.
    """
    row = _locked(writing, page, by)
    draft: P = drafts.draft_of(row)
    require_publishing(writing, by, row)
    require_publishing(writing, by, draft)
    if fingerprint(now := writing.kind.values_of(draft)) != seen:
        raise drafts.DraftChangedMeanwhile(MergedForm(now, {}), fingerprint(now))
    if gaps := list(draft.asked_before_publishing()):
        raise ValidationError(gaps)
    if is_new := draft.first_published_at is None:
        draft.slug = ""  # its address follows its title, which may be a new one
        writing.goes_out(draft)
    revision = draft.save_revision(user=by, changed=False, log_action=False)
    if not requests.answer(row, by, "approve"):
        if needs_a_word(by, writing.model, {row.community_id}):
            requests.send(row, by)
            return None
        revision.publish(user=by, skip_permission_checks=True)  # the right was asked above
        if is_new or writing.publishing:
            tell_published(draft, by)
    return writing.model._default_manager.get(pk=row.pk)


@transaction.atomic
def send(writing: Writing[P], page: P, by: User) -> None:
    """Ask those who publish for the community."""
    requests.send(_locked(writing, page, by), by)


@transaction.atomic
def take_back(writing: Writing[P], page: P, by: User) -> None:
    """Whoever asked writes on."""
    requests.take_back(_locked(writing, page, by), by)


@transaction.atomic
def discard(writing: Writing[P], page: P, by: User) -> None:
    """Throw away a draft that ``by`` began and no reader ever had."""
    row = _locked(writing, page, by)
    if refusal := why_not(writing, row, by):
        raise drafts.CannotWrite(refusal)
    drafts.discard(row, by)


@transaction.atomic
def give_back(writing: Writing[P], page: P, by: User, word: str) -> bool:
    """Send it back to whoever asked, with a word; whether it still waited."""
    row = _locked(writing, page, by)
    require_publishing(writing, by, row)
    return requests.answer(row, by, "reject", word)


def _locked(writing: Writing[P], page: P, by: User) -> P:
    """The row as it is now, for whoever has the right in the community that it names now."""
    pages = writing.model._default_manager
    require_writing(writing, by, page)
    if pages.select_for_update(of=("self",), no_key=True).filter(pk=page.pk).first() is None:
        raise drafts.Gone
    row: P = pages.select_related("community", "latest_revision").get(pk=page.pk)
    if row.community_id != page.community_id:
        require_writing(writing, by, row)
    return row
