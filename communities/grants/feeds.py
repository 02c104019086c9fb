"""The register as a feed and as a table: what the reader of the page may see, and no more."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from communities.grants.listings import found
from communities.models import Grant
from core.branding import branding
from core.exports import as_words
from core.text import printable

ENTRIES = 50


class RegisterFeed(Feed[Grant, HttpRequest]):
    """What was asked for and decided last. A feed reader is not signed in, and gets what everyone may see."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *_args: object, **_kwargs: object) -> HttpRequest:
        return request

    def title(self, _request: HttpRequest) -> str:
        return printable(_("Register of grants – %(hub)s") % {"hub": branding().name})

    def link(self, request: HttpRequest) -> str:
        query = request.GET.urlencode()
        return reverse("rights:register") + (f"?{query}" if query else "")

    def author_name(self, _request: HttpRequest) -> str:
        return branding().body

    def items(self, request: HttpRequest) -> list[Grant]:
        return sorted(found(request).order_by("-pk")[: ENTRIES * 2], key=last_changed, reverse=True)[:ENTRIES]

    def item_title(self, grant: Grant) -> str:
        said = {"what": grant.what, "community": grant.community.title, "state": grant.state.label}
        return printable(_("%(community)s: %(what)s (%(state)s)") % said)

    def item_description(self, grant: Grant) -> str:
        words = grant.withdrawal or grant.refusal or grant.conditions or grant.purpose
        return escape(printable(". ".join(part.rstrip(".") for part in (grant.on_what_authority, words) if part)))

    def item_link(self, grant: Grant) -> str:
        return grant.get_absolute_url()

    def item_updateddate(self, grant: Grant) -> datetime:
        return last_changed(grant)


def last_changed(grant: Grant) -> datetime:
    days = (grant.asked_at, grant.decided_at, grant.withdrawn_at)
    return max(day for day in days if day is not None)


# -- the table ---------------------------------------------------------------------------------------------------------
class Echo:
    """Where ``csv`` writes: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def table(request: HttpRequest) -> StreamingHttpResponse:
    """All rows that the page would show on all its pages, for a spreadsheet."""
    response = StreamingHttpResponse(_lines(request), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="grants.csv"'
    return response


def _lines(request: HttpRequest) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff"  # or Excel takes it for another alphabet
    yield writer.writerow([_("Community"), *(name for name, _of in columns())])
    for grant in found(request).in_order().iterator(chunk_size=500):
        cells = [grant.community.title, *(of(grant) for _name, of in columns())]
        yield writer.writerow([as_words(str("" if cell is None else cell)) for cell in cells])


def columns() -> list[tuple[str, Any]]:
    return [
        (_("What"), lambda grant: grant.what),
        (_("Who"), lambda grant: grant.holders),
        (_("How it stands"), lambda grant: grant.state.label),
        (_("From"), lambda grant: grant.first_day),
        (_("Last day"), lambda grant: grant.last_day),
        (_("Decided by"), lambda grant: grant.authority),
        (_("Decided on"), lambda grant: grant.decided_on),
        (_("Reference"), lambda grant: grant.reference),
        (_("Conditions"), lambda grant: grant.conditions),
        (_("What for"), lambda grant: grant.purpose),
        (_("Why not"), lambda grant: grant.refusal),
        (_("Why it was withdrawn"), lambda grant: grant.withdrawal),
    ]
