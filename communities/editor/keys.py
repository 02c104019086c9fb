"""The key itself: into a community, or out of one, a page is put only by somebody who may write in both.

Wagtail asks about the place in the tree alone, and every story stands in the same place.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from communities.editor import where
from communities.editor.rights import named_in
from communities.models import CommunityContent, CommunityPage
from core.audiences import Viewer

FIELD = "community"
NOT_HERE = _("You do not write for this community. Choose one of yours.")
NOT_YOURS = _("You do not write for the community that this belongs to.")
NOT_LIVE = _("You write for this community and do not publish for it. Save a draft, or submit it to those who publish.")


def edits_here(person: Viewer, thing: Any, parent: Any, *, publishing: bool = False) -> bool:
    """Whether Wagtail's groups let ``person`` write here, whosever it is that is open to them."""
    if person.is_superuser:
        return True
    asked = PagePermissionTester(person, thing if thing.pk else parent)
    if thing.pk:
        return asked.can_publish() if publishing else asked.can_edit()
    return asked.can_publish_subpage() if publishing else "add" in asked.permissions


class KeyRule:
    """``core.editing.forms.Rule``: the community that a form names."""

    def prepare(self, form: Any) -> None:
        if not _is_asked(form) or FIELD not in form.fields:
            return
        if edits_here(form.for_user, form.instance, form.parent_page):
            return
        field = form.fields[FIELD]
        writes = where.writes_in(form.for_user, type(form.instance))
        field.queryset = CommunityPage.objects.filter(pk__in=writes).order_by("title")
        field.widget = forms.Select()
        field.widget.choices = field.choices
        if len(writes) == 1 and not form.instance.pk:
            form.initial[FIELD] = next(iter(writes))

    def check(self, form: Any) -> None:
        if not _is_asked(form):
            return
        person, thing, parent = form.for_user, form.instance, form.parent_page
        publishing = "action-publish" in form.data
        if edits_here(person, thing, parent, publishing=publishing):
            return
        named = named_in(thing)
        if not edits_here(person, thing, parent):
            writes = where.writes_in(person, type(thing))
            if thing.community_id not in writes:
                form.add_error(FIELD if FIELD in form.fields else None, NOT_HERE)
                return
            if not named <= writes:
                form.add_error(None, NOT_YOURS)
                return
        if publishing and not named | {thing.community_id} <= where.publishes_in(person, type(thing)):
            form.add_error(None, NOT_LIVE)


def _is_asked(form: Any) -> bool:
    return form.for_user is not None and isinstance(form.instance, CommunityContent) and hasattr(form, "parent_page")
