"""The editor asks the database as often with 30,000 pages as with three, and for 300 communities as for one."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from communities.models import CommunityPage, Holding, Membership
from communities.models.default_roles import facilitator
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import StoryFactory

pytestmark = pytest.mark.slow
SIZES = ((1, 3), (3, 3), (300, 30_000))  # communities, and pages that are added
ONE_BY_ONE = 1
"""Whether a page is closed is asked of the first few of a list one by one, and from then on of all at once."""
WAGTAILS_OWN = 'WHERE "wagtailcore_page"."path" = '
"""A chooser asks for the parent of each row that it shows, and has no hook before it does."""
CHUNK = 5_000


def addresses(index: Page, story: StoryPage) -> Iterator[str]:
    """One page, the desk, the explorer, other lists, choosers and reports. The first one makes what is made once."""
    yield from (f"/admin/pages/{story.pk}/{deed}/" for deed in ("edit", "history", "usage"))
    yield from ("/admin/", f"/admin/pages/{index.pk}/", "/admin/pages/search/?q=lantern")
    yield f"/admin/api/main/pages/?child_of={index.pk}&limit=3"
    yield from (f"/admin/choose-page/{index.pk}/", "/admin/choose-page/search/?q=lantern")
    yield from ("/admin/images/", "/admin/documents/chooser/", "/admin/snippets/surgeries/session/")
    yield from (f"/admin/reports/{name}/" for name in ("locked", "workflow", "site-history", "aging-pages"))


def test_as_many_queries_for_30_000_pages_and_300_communities(community: CommunityPage, asha: User) -> None:
    story = StoryFactory(community=community, title="Lantern", owner=asha)
    story.save_revision(user=asha).publish()
    index, browser, found = story.get_parent(), browse(asha), []
    for communities, pages in SIZES:
        look_after(asha, like=community, more=communities - asha.memberships.count())
        write(like=story, more=pages, of=asha)
        before = found[-1] if found else {}
        found.append({address: asked(browser, address, before.get(address, 0)) for address in addresses(index, story)})
    one, three, many = found
    assert StoryPage.objects.count() > SIZES[-1][1]
    assert not {address: (n, many[address]) for address, n in three.items() if many[address] > n + ONE_BY_ONE}
    assert not {address: (n, three[address]) for address, n in one.items() if n > three[address]}


def asked(browser: Client, address: str, enough: int) -> int:
    """What a page asks that was looked at before; looked at once only where that asks no more than ``enough``. 0 for
    what this person does not open.
    """
    count = 0
    for _time in range(2):
        with CaptureQueriesContext(connection) as made:
            if browser.get(address).status_code != 200:
                return 0
        count = sum(WAGTAILS_OWN not in each["sql"] for each in made.captured_queries)
        if count <= enough:
            break
    return count


# -- a large hub, without a form for each page -------------------------------------------------------------------------
def look_after(person: User, *, like: CommunityPage, more: int) -> None:
    mine = [Membership(person=person, community_id=pk) for pk in copies(like, more)]
    held = facilitator()
    answered = {"answered": held.responsibilities.first(), "accepts": True}
    Membership.objects.bulk_create(mine)
    Holding.objects.bulk_create(Holding(membership=each, role=held, since=each.since, **answered) for each in mine)


def write(*, like: StoryPage, more: int, of: User) -> None:
    """Stories that are divided among the communities of ``of``."""
    keys, communities = copies(like, more), list(of.memberships.order_by("pk").values_list("community_id", flat=True))
    for number, one in enumerate(communities):
        StoryPage.objects.filter(pk__in=keys[number :: len(communities)]).update(community=one)


def copies(like: Page, more: int) -> list[int]:
    """The keys of so many rows like ``like``'s, beside it in the tree."""
    last = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
    _rows(like, more)
    own = [field.column for field in type(like)._meta.local_concrete_fields if field.column != "page_ptr_id"]
    columns, table = ", ".join(map(connection.ops.quote_name, own)), type(like)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, {columns}) SELECT new.id, {columns}"
            f" FROM {table}, wagtailcore_page AS new WHERE page_ptr_id = %s AND new.id > %s",
            [like.pk, last],
        )
    return list(Page.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True))


def _rows(like: Page, count: int) -> None:
    parent = Page.objects.get(pk=like.get_parent().pk)
    first = parent.numchild + 1
    for start in range(first, first + count, CHUNK):
        numbers = range(start, min(start + CHUNK, first + count))
        Page.objects.bulk_create(_row(parent, like, number) for number in numbers)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)


def _row(parent: Page, like: Page, number: int) -> Page:
    name = f"{like.title} {number}"
    same: dict[str, Any] = {"depth": like.depth, "content_type_id": like.content_type_id, "locale_id": like.locale_id}
    path = parent.path + Page._int2str(number).rjust(Page.steplen, "0")
    slug = f"copy-{number}"
    url_path = f"{parent.url_path}{slug}/"
    return Page(path=path, title=name, draft_title=name, slug=slug, url_path=url_path, translation_key=uuid4(), **same)
