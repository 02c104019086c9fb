"""Publishing several pages at once asks for what the form asks for when one is published.

Wagtail's bulk action publishes the newest draft of each page as it is, and a draft may lack what a live page needs.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.fields import StreamField
from wagtail.models import Page

from core.audiences import Viewer
from core.drafts import PageWithDrafts
from core.pictures.describing import UNDESCRIBED, undescribed

NAMED = 10
AN_ALIAS = gettext_lazy("It is an alias. Publish the page that it shows.")
Gap = tuple[Page, str]


def gaps_of(page: Page) -> list[str]:
    """What the newest draft of ``page`` lacks before it may be live, in words for its editor."""
    if page.alias_of_id is not None:
        return [str(AN_ALIAS)]
    draft = page.get_latest_revision_as_object()
    asked = draft.asked_before_publishing() if isinstance(draft, PageWithDrafts) else ()
    return [*_faulty_fields(draft), *_faulty_blocks(draft), *_pictures(draft), *map(str, asked)]


def _faulty_fields(draft: Page) -> Iterator[str]:
    try:
        draft.full_clean()
    except ValidationError as errors:
        for name, said in errors.message_dict.items():
            words = " ".join(said)
            yield words if name == NON_FIELD_ERRORS else _labelled(draft, name, words)


def _faulty_blocks(draft: Page) -> Iterator[str]:
    """Models do not look into blocks; forms do."""
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(draft, field.name))
            except ValidationError:
                yield _labelled(draft, field.name, _("Something in it is missing. Open the page and publish it there."))


def _pictures(draft: Page) -> Iterator[str]:
    values = {field.name: getattr(draft, field.name) for field in draft._meta.concrete_fields if field.is_relation}
    for name in undescribed(values):
        yield _labelled(draft, name, str(UNDESCRIBED))


def _labelled(draft: Page, name: str, words: str) -> str:
    label = str(draft._meta.get_field(name).verbose_name).capitalize()
    return f"{label}: {words}"


class PublishWhatIsReady(PublishBulkAction):
    """Publishes what is ready, and says of the others what they lack."""

    template_name = "core/editing/publish_several.html"

    def __init__(self, request: HttpRequest, model: type[Page]) -> None:
        super().__init__(request, model)
        self.refused: list[Gap] = []

    def get_actionable_objects(self) -> Any:
        pages, others = super().get_actionable_objects()
        ready, self.refused = part(pages)
        return ready, {**others, "refused": [{"page": page, "lacks": lacks} for page, lacks in self.refused]}

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "refuse": self.refused.extend}

    @classmethod
    def execute_action(
        cls,
        objects: Collection[Page],
        include_descendants: bool = False,
        user: Viewer | None = None,
        refuse: Callable[[list[Gap]], Any] = lambda _gaps: None,
        **kwargs: object,
    ) -> tuple[int, int]:
        """Pages below are told from those that were chosen, in Wagtail's message too."""
        super().execute_action(objects, user=user, **kwargs)
        below = (
            [page for parent in objects for page in _drafts_below(parent, user)] if include_descendants and user else []
        )
        ready, gaps = part(below)
        refuse(gaps)
        super().execute_action(ready, user=user, **kwargs)
        return len(objects), len(ready)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        self.say_what_was_refused()
        if not num_parent_objects:
            return None
        return str(super().get_success_message(num_parent_objects, num_child_objects))

    def say_what_was_refused(self) -> None:
        for page, lacks in self.refused[:NAMED]:
            words = _("“%(page)s” was not published. %(lacks)s")
            messages.error(self.request, words % {"page": page.get_admin_display_title(), "lacks": lacks})
        if more := len(self.refused) - NAMED if len(self.refused) > NAMED else 0:
            words = ngettext("One more page was not published.", "%(n)s more pages were not published.", more)
            messages.error(self.request, words % {"n": more})


def part(pages: Iterable[Page]) -> tuple[list[Page], list[Gap]]:
    """Those that may be live, and the others with what they lack."""
    ready: list[Page] = []
    refused: list[Gap] = []
    for page in pages:
        if gaps := gaps_of(page):
            refused.append((page, " ".join(gaps)))
        else:
            ready.append(page)
    return ready, refused


def _drafts_below(parent: Page, person: Viewer | None) -> Iterator[Page]:
    drafts = parent.get_descendants().not_live().specific()
    return (page for page in drafts if page.permissions_for_user(person).can_publish())
