"""Every field of conversations and thanks that people fill with words is among those that hostile words are typed into
(``tests/browser/test_nothing_executes.py``). Whoever adds a field adds its row here, and its words there.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

import conversations
import thanks

TEMPLATES = Path(__file__).parents[2] / "templates"
POSTS = "test_posts_titles_and_words_of_a_conversation"
REASONS = "test_reasons_reports_appeals_and_drafts"
PEOPLE = "test_people_communities_thanks_stories_and_guidance"
GUESTS = "test_guests_delegates_and_how_it_ended"
WHY = "test_why_something_was_moved_withdrawn_or_waits"
ATTACKED = {
    "AppealForm.words": REASONS,
    "AskBackForm.text": WHY,
    "BeginForm.text": POSTS,
    "BeginForm.title": POSTS,
    "BeginForm.topics": WHY,
    "CloseForm.word": GUESTS,
    "EditForm.text": WHY,
    "GuestForm.addresses": GUESTS,
    "GuestForm.organisation": GUESTS,
    "GuestForm.purpose": GUESTS,
    "GuestForm.word": GUESTS,
    "LockForm.word": POSTS,
    "MergeForm.why": WHY,
    "ModerationDecisionForm.word": REASONS,
    "MoveForm.why": WHY,
    "NameForm.who": WHY,
    "PollForm.question": POSTS,
    "PublishForm.text": WHY,
    "RemovePostForm.reason": REASONS,
    "ReplyForm.text": POSTS,
    "ReportPostForm.word": REASONS,
    "SplitForm.title": WHY,
    "SplitForm.why": WHY,
    "StageForm.word": POSTS,
    "ThanksForm.words": PEOPLE,
    "TopicsForm.topics": WHY,
    "WithdrawQuestionForm.word": WHY,
}
ADDRESSES = "test_what_is_asked_for_in_an_address"
OF_NO_FORM = {
    "accounts/directory.html q": ADDRESSES,
    "accounts/handover.html q": ADDRESSES,
    "accounts/invitations.html q": ADDRESSES,
    "communities/content_writing/answer.html word": "",
    "communities/pending.html answer": "",
    "components/search_form.html q": ADDRESSES,
    "components/typed.html {{ field.name }}": WHY,
    "conversations/ask.html about": ADDRESSES,
    "conversations/attachments/field.html shows-{{ each.key }}": ADDRESSES,
    "people/directory.html q": ADDRESSES,
    "surgeries/series/preview.html reason": "",
}
"""Fields that a template writes by hand, so that no form declares them. What attacks those of ``""`` is not written."""
TAG = r"(?:[^>{]|\{[{%].*?[}%]\})*"
BY_HAND = re.compile(rf'<(?:input|textarea)\b{TAG}?\sname="((?:[^"{{]|\{{\{{.*?\}}\}})+)"{TAG}', re.DOTALL)
NO_WORDS = re.compile(
    r'\bhidden\b|\breadonly\b|type="(?:hidden|checkbox|radio|file|submit|password|email|\{\{ kind \}\})"'
)
BASES = {"SentOnceForm", "WhyForm"}
"""Filled only as the forms that are made of them."""


def fields_for_words() -> Iterator[str]:
    for room in (conversations, thanks):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if found.name.rpartition(".")[2] in {"forms", "fields"}:
                yield from fields_in(importlib.import_module(found.name))


def fields_in(module: object) -> Iterator[str]:
    for name, form in inspect.getmembers(module, inspect.isclass):
        if not issubclass(form, forms.BaseForm) or form.__module__ != module.__name__ or name in BASES:
            continue
        for field_name, field in form.base_fields.items():
            if isinstance(field, forms.CharField) and not field.widget.is_hidden:
                yield f"{name}.{field_name}"


def test_every_field_for_words_is_attacked():
    assert sorted(fields_for_words()) == sorted(ATTACKED)


def fields_by_hand() -> Iterator[str]:
    for template in sorted(TEMPLATES.rglob("*.html")):
        for found in BY_HAND.finditer(template.read_text("utf-8")):
            if not NO_WORDS.search(found[0]):
                yield f"{template.relative_to(TEMPLATES)} {found[1]}"


def test_every_field_that_a_template_writes_by_hand_is_known():
    assert sorted(set(fields_by_hand())) == sorted(OF_NO_FORM)


@pytest.mark.parametrize("name", sorted({*ATTACKED.values(), *OF_NO_FORM.values()} - {""}))
def test_what_attacks_it_is_there(name):
    source = (Path(__file__).parents[1] / "browser/test_nothing_executes.py").read_text("utf-8")
    assert name in {one.name for one in ast.parse(source).body if isinstance(one, ast.FunctionDef)}
