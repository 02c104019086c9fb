"""Wagtail's editor as somebody uses it: the form that it gives, filled in and sent."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from people.models import User
from tests.conftest import browse

Answers = Mapping[str, Any]
AHEAD = timedelta(days=30)


class Editor:
    """Somebody who works on one page."""

    def __init__(self, person: User, page: Page) -> None:
        self.browser, self.page = browse(person), page
        self.address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        self.form: dict[str, str] = {}

    def filled_in(self, answers: Answers) -> dict[str, Any]:
        """The form as it first stood, with these answers."""
        self.form = self.form or self.open(self.address)
        return {**self.form, **answers}

    def open(self, address: str, form_id: str = "page-edit-form") -> dict[str, str]:
        """What the form at ``address`` holds. Fields of blocks are written by scripts, and empty without."""
        form = querydict_from_html(self.browser.get(address).content.decode(), form_id=form_id)
        blocks = {"body": streamfield([]), "asked_this_week": streamfield([])}
        return {**nested_form_data(blocks), **{name: form.getlist(name)[-1] for name in form}}

    def send(self, answers: Answers, action: str = "", **headers: Any) -> HttpResponse:
        data = self.filled_in(answers)
        response: HttpResponse = self.browser.post(self.address, {**data, action: "1"} if action else data, **headers)
        errors = getattr(response, "context", None) and response.context.get("form")
        assert response.status_code in {200, 302}, response.status_code
        assert not (errors and errors.errors), errors.errors
        return response

    # -- deeds ---------------------------------------------------------------------------------------------------------
    def save_draft(self, answers: Answers) -> None:
        self.send(answers)

    def autosave(self, answers: Answers) -> None:
        response = self.send(answers, headers={"accept": "application/json"})
        assert response.json()["success"], response.content

    def submit(self, answers: Answers) -> None:
        self.send(answers, "action-submit")

    def schedule(self, answers: Answers) -> None:
        self.send({**answers, "go_live_at": f"{timezone.localtime() + AHEAD:%Y-%m-%d %H:%M}"}, "action-publish")

    def publish(self, answers: Answers) -> None:
        self.send(answers, "action-publish")

    def approve(self, answers: Answers) -> None:
        self.submit(answers)
        self.answer("approve")

    def reject(self, answers: Answers) -> None:
        self.submit(answers)
        self.answer("reject")

    def answer(self, action: str) -> None:
        task = Page.objects.get(pk=self.page.pk).specific.current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[self.page.pk, action, task.pk])
        self.browser.post(address, {"comment": ""})

    def revert(self, answers: Answers) -> None:
        """Save an old version as a draft."""
        self.save_draft(answers)
        old = self.latest()
        self.save_draft({"title": "In between"})
        address = reverse("wagtailadmin_pages:revisions_revert", args=[self.page.pk, old.pk])
        self.browser.post(address, self.open(address))

    def compare(self, answers: Answers) -> None:
        self.save_draft(answers)
        pair = ["live", self.latest().pk]
        assert self.browser.get(
            reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, *pair])
        ).status_code in {200, 302}

    def preview(self, answers: Answers) -> None:
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[self.page.pk])
        assert self.browser.post(address, self.filled_in(answers)).json()["is_valid"]
        assert self.browser.get(address).status_code == 200

    def lock(self, answers: Answers) -> None:
        self.save_draft(answers)
        self.browser.post(reverse("wagtailadmin_pages:lock", args=[self.page.pk]))
        self.browser.post(reverse("wagtailadmin_pages:unlock", args=[self.page.pk]))

    def latest(self) -> Revision:
        latest: Revision = Page.objects.get(pk=self.page.pk).latest_revision
        return latest
