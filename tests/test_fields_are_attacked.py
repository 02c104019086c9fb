"""Every field of the hub that people fill with words is among those that hostile words are typed into
(``tests/browser/test_nothing_executes*.py``), or it is said why not. Whoever adds a field adds its row here; what the
form of a page in the table of addresses offers is typed into by itself.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from django import forms

from hub.rooms import ROOMS

TEMPLATES = Path(__file__).parents[1] / "templates"
ANYWHERE = "test_every_form_that_a_page_offers"
STATES = "test_a_word_to_who_asked_to_join_was_removed_or_wrote"
TEAM = "test_what_is_said_to_a_storys_writer_and_to_the_hub_team"
DATES = "test_why_dates_of_a_surgery_are_cancelled"
POSTS = "test_posts_titles_and_words_of_a_conversation"
REASONS = "test_reasons_reports_appeals_and_drafts"
PEOPLE = "test_people_communities_thanks_stories_and_guidance"
GUESTS = "test_guests_delegates_and_how_it_ended"
WHY = "test_why_something_was_moved_withdrawn_or_waits"
ATTACKED = {
    "AnswerConsentForm.word": TEAM,
    "AppealForm.words": REASONS,
    "AskBackForm.text": WHY,
    "BeginForm.text": POSTS,
    "BeginForm.title": POSTS,
    "BeginForm.topics": WHY,
    "CloseForm.word": GUESTS,
    "EditForm.text": WHY,
    "ErasureRequestForm.word": TEAM,
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
    "RemoveMemberForm.reason": STATES,
    "ReplyForm.text": POSTS,
    "ReportPostForm.word": REASONS,
    "SplitForm.title": WHY,
    "SplitForm.why": WHY,
    "StageForm.word": POSTS,
    "ThanksForm.words": PEOPLE,
    "TopicsForm.topics": WHY,
    "WithdrawQuestionForm.word": WHY,
}
OFFERED = {
    "AbsenceForm": "instead word",
    "AnswerClaimForm": "reason",
    "AnswerReportForm": "answer",
    "AppointForm": "email",
    "AwardDecisionForm": "reason",
    "CancelForm": "why",
    "CommunityWordsForm": "body decided_by purpose reference summary topics",
    "ContentForm": "summary title topics",
    "DateForm": "note online_url place summary title",
    "DayForm": "on",
    "DirectoryForm": "name named_domains organisation",
    "EvidenceForm": "evidence link",
    "ExportForm": "on person",
    "ExtendGrantForm": "authority reference",
    "ExtendStayForm": "sponsor_email",
    "ForgottenPasswordForm": "email",
    "GalleryForm": "subject words",
    "GiveForm": "asset authority conditions reference",
    "GrantDecisionForm": "authority reference",
    "GrantForm": "authority conditions reference",
    "GuidanceForm": "body shows summary title topics",
    "HelpForm": "email reason",
    "HubInviteForm": "addresses organisation purpose sponsor_email word",
    "InviteForm": "addresses organisation purpose word",
    "JoinForm": "note",
    "NamedForm": "address also instead kept_by name",
    "NewAddressForm": "email",
    "PatternForm": "place",
    "PhotographForm": "shows",
    "ProfileForm": "about called family_name job_title location name phone reach_by skills works_when",
    "RecordForm": "email evidence link",
    "RefuseForm": "authority reason reference",
    "ReportPageForm": "email text",
    "RequestClaimForm": "words",
    "RequestGrantForm": "asset purpose",
    "SentOnceForm": "text",
    "StoryWritingForm": "quote quoted shows summary title topics",
    "SurgeryForm": "description online_url place summary title topics what_to_bring",
    "WhatForm": "asset",
    "WhyForm": "why",
    "WithdrawAwardForm": "reason",
    "WithdrawClaimForm": "reason",
    "WithdrawGrantForm": "authority reason reference",
}
"""The fields of forms that pages in the table of addresses offer: typed into by one test, whatever they are about."""
NOT_TYPED = {
    "AcceptInvitationForm.name": "It is a name from then on, as that of ProfileForm.",
    "AnswerRoleForm.reason": "It needs a role that asks something; shown in the list of who did not accept.",
    "CodeAgainForm.code": "Six digits, which no page shows.",
    "CodeForm.code": "Six digits, which no page shows.",
    "EraseForm.name": "Compared with a name, and shown in its own box alone.",
    "FirstCodeForm.code": "Six digits, which no page shows.",
    "NewPasskeyForm.name": "It needs an authenticator; shown to its owner alone.",
    "OwnNameForm.called": "It stands among the editor's pages; a name as that of ProfileForm.",
    "OwnNameForm.name": "It stands among the editor's pages; a name as that of ProfileForm.",
    "PasskeyNameForm.name": "It needs an authenticator; shown to its owner alone.",
    "ReasonForm.reason": "It stands among the editor's pages.",
    "TokenForm.name": "It needs the password first; read by the hub team alone.",
}
"""What is not typed into, and why."""
ADDRESSES = "test_what_is_asked_for_in_an_address"
OF_NO_FORM = {
    "accounts/directory.html q": ANYWHERE,
    "accounts/handover.html q": ANYWHERE,
    "accounts/invitations.html q": ADDRESSES,
    "communities/content_writing/answer.html word": STATES,
    "communities/pending.html answer": STATES,
    "components/search_form.html q": ADDRESSES,
    "components/typed.html {{ field.name }}": WHY,
    "conversations/ask.html about": ADDRESSES,
    "conversations/attachments/field.html shows-{{ each.key }}": ADDRESSES,
    "people/directory.html q": ADDRESSES,
    "surgeries/series/preview.html reason": DATES,
}
"""Fields that a template writes by hand, so that no form declares them."""
TAG = r"(?:[^>{]|\{[{%].*?[}%]\})*"
BY_HAND = re.compile(rf'<(?:input|textarea)\b{TAG}?\sname="((?:[^"{{]|\{{\{{.*?\}}\}})+)"{TAG}', re.DOTALL)
NO_WORDS = re.compile(
    r'\bhidden\b|\breadonly\b|type="(?:hidden|checkbox|radio|file|submit|password|email|\{\{ kind \}\})"'
)
OTHERS = ("wagtail.", "taggit.")
"""Whoever makes the form has it drawn: the editor's own pages, which are Wagtail's."""


def forms_of_the_hub() -> Iterator[type[forms.BaseForm]]:
    """All that is declared in its rooms, but for those that the editor draws."""
    for room in ROOMS:
        for found in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if ".migrations" not in found.name and ".management" not in found.name:
                module = importlib.import_module(found.name)
                for _name, form in inspect.getmembers(module, inspect.isclass):
                    is_here = issubclass(form, forms.BaseForm) and form.__module__ == module.__name__
                    if is_here and not any(kind.__module__.startswith(OTHERS) for kind in form.__mro__):
                        yield form


def fields_for_words() -> Iterator[str]:
    for form in forms_of_the_hub():
        for name, field in form.base_fields.items():
            is_secret = isinstance(field.widget, forms.PasswordInput)
            if isinstance(field, forms.CharField) and not field.widget.is_hidden and not is_secret:
                yield f"{form.__name__}.{name}"


def fields_that(test: str) -> Iterator[str]:
    """Those of a test."""
    yield from (field for table in (ATTACKED, OF_NO_FORM) for field, by in table.items() if by == test)
    if test == ANYWHERE:
        yield from (f"{form}.{field}" for form, fields in OFFERED.items() for field in fields.split())


def test_every_field_for_words_is_attacked_or_it_is_said_why_not():
    known = [*ATTACKED, *(each for each in fields_that(ANYWHERE) if ".html " not in each), *NOT_TYPED]
    assert sorted(fields_for_words()) == sorted(known)


def fields_by_hand() -> Iterator[str]:
    for template in sorted(TEMPLATES.rglob("*.html")):
        for found in BY_HAND.finditer(template.read_text("utf-8")):
            if not NO_WORDS.search(found[0]):
                yield f"{template.relative_to(TEMPLATES)} {found[1]}"


def test_every_field_that_a_template_writes_by_hand_is_known():
    assert sorted(set(fields_by_hand())) == sorted(OF_NO_FORM)


def test_what_attacks_them_is_there():
    attacks = {*ATTACKED.values(), *OF_NO_FORM.values(), ANYWHERE}
    sources = (Path(__file__).parent / "browser").glob("test_nothing_executes*.py")
    parts = [one for source in sources for one in ast.parse(source.read_text("utf-8")).body]
    assert attacks <= {one.name for one in parts if isinstance(one, ast.FunctionDef)}
