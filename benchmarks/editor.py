"""``python -m benchmarks.editor``: the editor's pages by the hub's rules and by Wagtail's own, on the same database.

Wagtail's own means its permission policy, its testers, the panels of its first page and its choosers, without the hub's
gate. Templates, styles and forms stay the hub's. Asked inside one process, without a server. The hub team is asked on
both sides; a stock Wagtail has no facilitators, so that somebody of the group *Moderators* stands beside one.
"""

import os
import statistics
import time
from collections.abc import Iterator
from typing import Any

import django
from rich.console import Console
from rich.table import Table

from benchmarks.places import HOST
from tools.terminal import say

FACILITATOR, TEAM = "priya.nair@withermere.example", "hub.team@withermere.example"
REQUESTS, WARM_UP = int(os.environ.get("REQUESTS", "20")), 3
GATE = "core.editing.gate.EditorGate"
HOOKS = ("construct_homepage_panels", "construct_page_chooser_queryset", "construct_main_menu")
Figure = tuple[float, int]


def main() -> None:
    django.setup()
    from django.db import transaction  # noqa: PLC0415 (needs Django set up)
    from wagtail.models import Page  # noqa: PLC0415 (as above)

    with transaction.atomic():  # whoever is added for it is gone afterwards
        people = readers()
        theirs = {name: measured(person) for name, person in people["hub"].items()}
        make_stock()
        stock = {name: measured(person) for name, person in people["stock"].items()}
        pages = Page.objects.count()
        transaction.set_rollback(True)
    show({**theirs, **stock}, pages)


def readers() -> dict[str, dict[str, Any]]:
    from django.contrib.auth.models import Group  # noqa: PLC0415 (needs Django set up)

    from people.models import User  # noqa: PLC0415 (as above)

    team, facilitator = (User.objects.get(email=email) for email in (TEAM, FACILITATOR))
    team.is_superuser = True  # a demo in production has nobody who may do everything
    team.save(update_fields=["is_superuser"])
    moderator = User.objects.create(email="moderator@example.org", name="Moderator", slug="a-moderator", kind="staff")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    return {
        "hub": {"facilitator, hub": facilitator, "hub team, hub": team},
        "stock": {"moderator, stock": moderator, "hub team, stock": team},
    }


def addresses() -> Iterator[tuple[str, str]]:
    from communities.models import CommunityPage  # noqa: PLC0415 (needs Django set up)
    from stories.models import StoryIndexPage, StoryPage  # noqa: PLC0415 (as above)

    index = StoryIndexPage.objects.get()
    looked_after = CommunityPage.objects.filter(memberships__person__email=FACILITATOR, title="Benefits First Visit")
    story = StoryPage.objects.filter(community__in=looked_after).first() or StoryPage.objects.first()
    yield "desk", "/admin/"
    yield "explorer", f"/admin/pages/{index.pk}/"
    yield "edit view", f"/admin/pages/{story.pk}/edit/"
    yield "page chooser", f"/admin/choose-page/{index.pk}/"


def measured(person: Any) -> dict[str, Figure]:
    """The median in milliseconds and the queries of each page; what this person may not open is left out."""
    from django.db import connection  # noqa: PLC0415 (needs Django set up)
    from django.test import Client  # noqa: PLC0415 (as above)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (as above)

    browser, found = Client(HTTP_HOST=HOST), {}
    browser.force_login(person)
    for name, address in addresses():
        if {browser.get(address).status_code for _turn in range(WARM_UP)} != {200}:
            continue
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
            asked = len(queries)  # the next request empties the log
        times = []
        for _turn in range(REQUESTS):
            start = time.perf_counter()
            browser.get(address)
            times.append((time.perf_counter() - start) * 1000)
        found[name] = statistics.median(times), asked
    return found


def make_stock() -> None:
    """Take the hub's rules out of this process."""
    from django.conf import settings  # noqa: PLC0415 (needs Django set up)
    from wagtail import hooks  # noqa: PLC0415 (as above)
    from wagtail.models import AbstractPage  # noqa: PLC0415 (as above)
    from wagtail.permission_policies.pages import PagePermissionPolicy  # noqa: PLC0415 (as above)
    from wagtail.permissions import register_permission_policy  # noqa: PLC0415 (as above)

    from core.editing.gaps import GAPS  # noqa: PLC0415 (as above)
    from core.models import HubPage  # noqa: PLC0415 (as above)

    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != GATE]
    register_permission_policy(AbstractPage, PagePermissionPolicy())
    del HubPage.permissions_for_user
    for place, name in GAPS:
        setattr(place, name, getattr(place, name).__wrapped__)
    for hook in HOOKS:
        hooks._hooks[hook] = [each for each in hooks._hooks[hook] if not each[0].__module__.startswith("core.")]


def show(found: dict[str, dict[str, Figure]], pages: int) -> None:
    table = Table(title=f"The editor, {pages} pages: median ms (queries), {REQUESTS} requests each")
    table.add_column("page")
    for column in found:
        table.add_column(column, justify="right")
    for name in dict.fromkeys(name for one in found.values() for name in one):
        cells = (one.get(name) for one in found.values())
        table.add_row(name, *(f"{cell[0]:.0f} ({cell[1]})" if cell else "–" for cell in cells))
    Console().print(table)
    say("Stock: Wagtail’s own permissions, panels and choosers; templates and forms are the hub’s on both sides.")


if __name__ == "__main__":
    main()
