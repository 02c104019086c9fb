"""Copies, tasks of workflows and the form of a group give nobody more than they should have."""

from collections.abc import Callable
from typing import Any, cast

from django.forms import Form, ModelChoiceField
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin.forms.collections import BaseGroupCollectionMemberPermissionFormSet
from wagtail.admin.views.workflows import BaseTaskChooserView
from wagtail.models import Collection

from core.editing.forms import NO_COPIES
from core.editing.gaps.replacing import closes
from core.uploads import general


@closes((CopyPageAction, "check"), (CreatePageAliasAction, "check"))
def only_what_they_publish(theirs: Callable[..., Any], action: Any, **kwargs: Any) -> Any:
    """Whoever may publish below an index publishes something there, and not a copy of everything."""
    makes_live = action.user and action.page.live and getattr(action, "keep_live", True)
    if makes_live and not action.page.permissions_for_user(action.user).can_publish():
        raise action.permission_error_class(NO_COPIES)
    return theirs(action, **kwargs)


@closes((BaseTaskChooserView, "get_create_model"))
def no_tasks_of_groups(_theirs: Callable[..., Any], _view: BaseTaskChooserView) -> None:
    """A task of Wagtail lets a group agree to anything: workflows are put together of what there is."""


@closes((BaseGroupCollectionMemberPermissionFormSet, "__init__"))
def only_rows_of_general_collections(
    theirs: Callable[..., Any], rows: BaseGroupCollectionMemberPermissionFormSet, *args: Any, **kwargs: Any
) -> None:
    """The form of a group lists what it may in each collection."""
    theirs(rows, *args, **kwargs)
    offered = set(general(Collection.objects.all()).values_list("pk", flat=True)) if rows.initial else set()
    rows.initial = [row for row in rows.initial if row["collection"].pk in offered]


@closes((BaseGroupCollectionMemberPermissionFormSet, "add_fields"))
def only_general_collections(
    theirs: Callable[..., Any], rows: BaseGroupCollectionMemberPermissionFormSet, form: Form, index: int | None
) -> None:
    """The form of a group offers every collection by its name."""
    theirs(rows, form, index)
    offered = cast("ModelChoiceField[Collection]", form.fields["collection"])
    offered.queryset = general(Collection.objects.all())
