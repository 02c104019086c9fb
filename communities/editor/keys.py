"""The key itself: into a community, or out of one, a page is put only by somebody who may write in both.

Wagtail asks about the place in the tree alone, and every story stands in the same place.
"""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester

from communities.approval.approvers import needs_a_word
from communities.models import CommunityContent, CommunityPage
from communities.writing import writable_communities
from communities.writing.naming import named_in
from core.audiences import Viewer
from core.text import Words

FIELD = "community"
NOT_HERE = _("You do not write for this community. Choose one of yours.")
NOT_YOURS = _("You do not write for the community that this belongs to.")
NOT_LIVE = _("You write for this community and do not publish for it. Save a draft, or submit it to those who publish.")

NEEDS_A_WORD = _("What is written for this community needs somebody else’s word. Submit it to those who publish.")


def edits_here(person: Viewer, thing: Page, parent: Page | None, *, publishing: bool = False) -> bool:
    """Whether Wagtail's groups let ``person`` write here, whosever it is that is open to them."""
    if person.is_superuser:
        return True
    asked = PagePermissionTester(person, thing if thing.pk else parent)
    if thing.pk:
        return asked.can_publish() if publishing else asked.can_edit()
    return asked.can_publish_subpage() if publishing else "add" in asked.permissions


class KeyRule:
    """``core.editing.forms.FormRule``: the community that a form names."""

    def prepare(self, form: Any) -> None:
        if not _is_asked(form) or FIELD not in form.fields:
            return
        if edits_here(form.for_user, form.instance, form.parent_page):
            return
        field = form.fields[FIELD]
        writes = writable_communities.writes_in(form.for_user, type(form.instance))
        field.queryset = CommunityPage.objects.filter(pk__in=writes).order_by("title")
        field.widget = forms.Select()
        field.widget.choices = field.choices
        if len(writes) == 1 and not form.instance.pk:
            form.initial[FIELD] = next(iter(writes))

    def check(self, form: Any) -> None:
        if not _is_asked(form):
            return
        person, thing, parent = form.for_user, form.instance, form.parent_page
        named = named_in(thing)
        if not edits_here(person, thing, parent):
            writes = writable_communities.writes_in(person, type(thing))
            if thing.community_id not in writes:
                form.add_error(FIELD if FIELD in form.fields else None, NOT_HERE)
                return
            if not named <= writes:
                form.add_error(None, NOT_YOURS)
                return
        if "action-publish" in form.data and (refusal := why_not_live(person, thing, parent, named)):
            form.add_error(None, refusal)


def why_not_live(person: Viewer, thing: Any, parent: Page | None, named: Collection[int | None]) -> Words:
    """Why readers are not to see it yet; empty where ``person`` publishes it."""
    communities = {*named, thing.community_id}
    by_groups = edits_here(person, thing, parent, publishing=True)
    if not by_groups and not communities <= writable_communities.publishes_in(person, type(thing)):
        return NOT_LIVE
    return NEEDS_A_WORD if needs_a_word(person, type(thing), communities) else ""


def _is_asked(form: Any) -> bool:
    return form.for_user is not None and isinstance(form.instance, CommunityContent) and hasattr(form, "parent_page")
