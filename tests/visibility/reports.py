"""Who gets what at the addresses of ``reports``."""

from typing import Any

from core.secret_urls import signed
from reports import services
from reports.finding import Meant
from reports.mail import PURPOSE
from reports.models import PageReport
from tests.visibility.rows import ANYBODY, Row, same
from tests.visibility.world import Shelf


def _report(deed: str) -> Row:
    """What the facilitators of a story's community and the hub team do with a report on it."""
    address = lambda shelf: f"{reported(shelf.story).get_absolute_url()}{deed}"  # noqa: E731 (a row wants one)
    answers = ("sign-in 404 404 200 404 200", "sign-in 404 404 404 404 200", "sign-in 404 404 404 404 200")
    if deed:
        return Row(address, *(answer.replace("200", "302") for answer in answers), "post")
    return Row(address, *answers)


def reported(page: Any) -> PageReport:
    """A report by somebody who is not signed in."""
    return services.send(Meant(page.url, page.title, page), "The opening hours are wrong.", "", None)


def _proof(shelf: Shelf) -> str:
    """The link that asks whether an address is its reporter's; whoever has it was sent it."""
    told = services.send(Meant(), "The opening hours are wrong.", "reporter@example.org", None)
    return f"/report/hear/{signed(str(told.pk), PURPOSE)}/"


ADDRESSES: dict[str, Row] = {
    "report/": same("/report/", ANYBODY),
    "report/hear/<str:key>/": Row(_proof, ANYBODY, ANYBODY, ANYBODY),
    "report/<int:pk>/": _report(""),
    "report/<int:pk>/hide/": _report("hide/"),
    "report/<int:pk>/show-again/": _report("show-again/"),
}
