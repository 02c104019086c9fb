"""What guidance holds of people."""

from django.utils.translation import gettext_lazy as _

from core.holdings import PersonalData, told
from core.text import stream_text
from knowledge.models import GuidancePage
from people.models import User


def _written(person: User) -> list[dict[str, object]]:
    pages = GuidancePage.objects.filter(authors=person).order_by("pk")
    return [{"title": page.title, "written on": page.written_on, "text": stream_text(page.body)} for page in pages]


HELD = (
    PersonalData(
        "guidance",
        _("Guidance that you wrote"),
        _("The pages that name you among those who wrote them."),
        rows=_written,
        covers=("knowledge.GuidancePage.authors", "knowledge.GuidancePage_authors.user"),
        stays=_("The page, because its community looks after it and others rely on it. Your name goes."),
    ),
    PersonalData(
        "kept guidance",
        _("Guidance that you keep true"),
        _("Which pages you are asked about when they are due."),
        rows=lambda person: told(GuidancePage.objects.filter(keeper=person), "title", "due_on"),
        covers=("knowledge.GuidancePage.keeper",),
        stays=_("The page. The facilitators of its community are asked instead."),
    ),
    PersonalData(
        "checks",
        _("Guidance that you checked"),
        _("Which pages you last found to hold, and when."),
        rows=lambda person: told(GuidancePage.objects.filter(checked_by=person), "title", "checked_on"),
        covers=("knowledge.GuidancePage.checked_by",),
        stays=_("That the page was checked and when; no longer that it was you."),
    ),
)
