"""What the hub assumes of Wagtail where it has no hook: read ``core/editing/gaps.py`` when one of these fails."""

import inspect

import pytest
from wagtail.models import PagePermissionTester
from wagtail.permissions import policy_registry

from core.editing.gaps import GAPS
from core.editing.policy import ClosedTester, OpenPagesPolicy
from stories.models import StoryPage

ARGUMENTS = {
    "get_queryset": ["self"],
    "get_base_queryset": ["self"],
    "decorate_paginated_queryset": ["self", "page_types"],
    "get_actionable_objects": ["self"],
    "apply_object_list_ordering": ["self", "objects"],
    "get_instance": ["self", "value"],
    "viewable_by_user": ["self", "user"],
    "get_valid_recipients": ["self", "instance", "kwargs"],
    "send_notification": ["recipient_users", "notification", "extra_context"],
    "get_object": ["self", "pk"],
    "get_objects": ["self", "pks"],
    "check": ["self", "skip_permission_checks"],
    "dispatch": ["self", "request", "args", "kwargs"],
}


@pytest.mark.parametrize(("place", "name"), GAPS, ids=lambda each: getattr(each, "__name__", each))
def test_wagtail_has_what_is_replaced(place: object, name: str) -> None:
    ours = getattr(place, name)
    assert ours._closes is GAPS[place, name]
    assert list(inspect.signature(ours.__wrapped__).parameters) == ARGUMENTS[name]


def test_every_question_about_a_page_has_an_answer() -> None:
    asked = {name for name in dir(PagePermissionTester) if name.startswith("can_")}
    assert len(asked) >= 17
    assert all(getattr(ClosedTester, name)(None) is False for name in asked)


def test_pages_are_asked_about_by_ours() -> None:
    assert type(policy_registry.get_by_type(StoryPage)) is OpenPagesPolicy
