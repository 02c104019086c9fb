"""What the hub assumes of Wagtail where it has no hook: read ``core/editing/gaps/`` when one of these fails."""

import inspect
from typing import Any

import pytest
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page, PagePermissionTester, Task
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from core.editing.gaps import GAPS
from core.editing.people import FILTERS
from core.editing.policy import ClosedTester, OpenPagesPolicy
from stories.models import StoryPage

ARGUMENTS = {
    "get_queryset": ["self"],
    "get_base_queryset": ["self"],
    "decorate_paginated_queryset": ["self", "page_types"],
    "get_actionable_objects": ["self"],
    "apply_object_list_ordering": ["self", "objects"],
    "get_instance": ["self", "value"],
    "get_value_data_from_instance": ["self", "instance"],
    "viewable_by_user": ["self", "user"],
    "get_valid_recipients": ["self", "instance", "kwargs"],
    "send_notification": ["recipient_users", "notification", "extra_context"],
    "get_object": ["self", "pk"],
    "get_objects": ["self", "pks"],
    "check": ["self", "skip_permission_checks"],
    "get_create_model": ["self"],
    "get_admin_display_title": ["self"],
    "__init__": ["self", "data", "files", "instance", "prefix"],
    "add_fields": ["self", "form", "index"],
    "dispatch": ["self", "request", "args", "kwargs"],
    "post": ["self", "request"],
}


@pytest.mark.parametrize(("place", "name"), GAPS, ids=lambda each: getattr(each, "__name__", each))
def test_wagtail_has_what_is_replaced(place: object, name: str) -> None:
    ours = getattr(place, name)
    assert ours._closes is GAPS[place, name]
    assert list(inspect.signature(ours.__wrapped__).parameters) == ARGUMENTS[name]


OVERRIDDEN: dict[tuple[type, str], list[str]] = {
    (PagePermissionPolicy, "user_has_any_permission"): ["self", "user", "actions"],
    (PagePermissionPolicy, "user_has_any_permission_for_instance"): ["self", "user", "actions", "instance"],
    (PagePermissionPolicy, "instances_user_has_any_permission_for"): ["self", "user", "actions"],
    (PagePermissionPolicy, "instances_with_direct_explore_permission"): ["self", "user"],
    (PagePermissionPolicy, "explorable_root_instance"): ["self", "user"],
    (PagePermissionPolicy, "explorable_instances"): ["self", "user"],
    (ModelPermissionPolicy, "user_has_permission"): ["self", "user", "action"],
    (ModelPermissionPolicy, "instances_user_has_any_permission_for"): ["self", "user", "actions"],
    (PagePermissionTester, "__init__"): ["self", "user", "page"],
    **{
        (PagePermissionTester, name): ["self"]
        for name in ("can_add_subpage", "can_publish_subpage", "can_unpublish", "can_copy", "can_move", "can_publish")
    },
    (PagePermissionTester, "can_delete"): ["self", "ignore_bulk"],
    (PagePermissionTester, "can_move_to"): ["self", "destination"],
    (PagePermissionTester, "can_copy_to"): ["self", "destination", "recursive"],
    (CollectionOwnershipPermissionPolicy, "_check_perm"): ["self", "user", "actions", "collection"],
    (CollectionOwnershipPermissionPolicy, "_collections_with_perm"): ["self", "user", "actions"],
    (CollectionOwnershipPermissionPolicy, "_users_with_perm_filter"): ["self", "actions", "collection"],
    (CollectionManagementPermissionPolicy, "instances_user_has_permission_for"): ["self", "user", "action"],
    (CollectionManagementPermissionPolicy, "instances_user_has_any_permission_for"): ["self", "user", "actions"],
    (CollectionManagementPermissionPolicy, "user_has_permission_for_instance"): ["self", "user", "action", "instance"],
    (CollectionManagementPermissionPolicy, "user_has_any_permission_for_instance"): [
        *("self", "user", "actions", "instance")
    ],
    (CopyForm, "clean"): ["self"],
    (PagePermissionTester, "can_unschedule"): ["self"],
    (Page, "get_workflow"): ["self"],
    (Task, "on_action"): ["self", "task_state", "user", "action_name", "kwargs"],
    (Task, "get_task_states_user_can_moderate"): ["self", "user", "kwargs"],
    **{
        (Task, name): ["self", "obj", "user"]
        for name in ("user_can_access_editor", "locked_for_user", "user_can_lock", "user_can_unlock", "get_actions")
    },
}


@pytest.mark.parametrize(("place", "name"), OVERRIDDEN, ids=lambda each: getattr(each, "__name__", each))
def test_wagtail_asks_where_the_hub_answers(place: type, name: str) -> None:
    words = (
        f"Wagtail changed {place.__name__}.{name}, which the hub overrides: read core/editing and communities/editor."
    )
    assert list(inspect.signature(getattr(place, name, print)).parameters) == OVERRIDDEN[place, name], words


@pytest.mark.parametrize(
    ("filters", "name"), [row[:2] for row in FILTERS], ids=lambda each: getattr(each, "__name__", each)
)
def test_wagtail_filters_by_people_where_the_hub_says_which(filters: Any, name: str) -> None:
    words = f"Wagtail has no filter {filters.__name__}.{name} any more: read core/editing/people.py."
    assert filters.base_filters[name].queryset.func.__module__ == "core.editing.people", words


def test_every_question_about_a_page_has_an_answer() -> None:
    asked = {name for name in dir(PagePermissionTester) if name.startswith("can_")}
    assert len(asked) >= 17
    assert all(getattr(ClosedTester, name)(None) is False for name in asked)


def test_pages_are_asked_about_by_ours() -> None:
    assert type(policy_registry.get_by_type(StoryPage)) is OpenPagesPolicy
