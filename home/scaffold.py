"""What every hub starts from: the front page, an index for each kind of content, pages that the law asks for."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from communities.models import CommunityIndexPage
from communities.models.default_roles import facilitator
from core.audiences import Audience
from core.branding import branding
from core.markup import HERE, blocks_of, body_of
from core.models import HubPage
from core.working_days import services as working_days
from home.models import HomePage, PlainPage
from knowledge.models import GuidanceIndexPage
from stories.models import StoryIndexPage
from surgeries.models import SurgeryIndexPage

EDITORS = ("Editors", "Moderators")  # the groups that Wagtail makes
PLAIN_PAGES = Path(__file__).parent / "plain"


@transaction.atomic
def prepare_hub() -> HomePage:
    """The front page of this hub; it and the pages around it are made where they are missing."""
    home = HomePage.objects.first() or _make_home()
    for page in _indexes():
        _add_missing(home, page)
    for path in sorted(PLAIN_PAGES.glob("*.md")):
        _add_missing(home, _plain_page(path))
    _let_editors_in()
    facilitator()
    working_days.import_list(working_days.read_list())
    return home


def _let_editors_in() -> None:
    """Whoever edits pages in Wagtail's editor puts dates on the schedule and looks after the topics, too."""
    labels = [
        ("surgeries", "session"),
        ("core", "topic"),
        ("search", "synonyms"),
        ("search", "loggedquery"),
        ("wagtailsearchpromotions", "searchpromotion"),
    ]
    codenames = [f"{deed}_{model}" for _app, model in labels for deed in ("add", "change", "view")]
    permissions = Permission.objects.filter(codename__in=codenames, content_type__app_label__in=dict(labels))
    for group in Group.objects.filter(name__in=EDITORS):
        group.permissions.add(*permissions)


def _make_home() -> HomePage:
    """Put the front page where Wagtail's welcome page stands in a fresh database."""
    root = Page.objects.get(depth=1)
    Site.objects.all().update(root_page=root)
    Page.objects.filter(depth=2, slug="home", content_type__model="page", numchild=0).delete()
    root = Page.objects.get(depth=1)
    home: HomePage = root.add_child(instance=HomePage(title=_("Today"), slug="home", audience=Audience.EVERYONE))
    _point_site_at(home)
    return home


def _point_site_at(home: HomePage) -> None:
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    where = {"hostname": address.hostname or "localhost", "port": port, "site_name": branding().name}
    Site.objects.update_or_create(is_default_site=True, defaults={**where, "root_page": home})


def _indexes() -> list[HubPage]:
    return [
        CommunityIndexPage(
            slug="communities", title=_("Communities"), summary=_("People with a purpose, and how to join them.")
        ),
        SurgeryIndexPage(
            slug="surgeries", title=_("Surgeries"), summary=_("Who helps with what, where and when. Walk in.")
        ),
        StoryIndexPage(
            slug="stories",
            title=_("Stories"),
            summary=_("What people here did, what came of it and what you can take."),
        ),
        GuidanceIndexPage(slug="guidance", title=_("Guidance"), summary=_("What we know, who checked it and when.")),
    ]


def _add_missing(home: HomePage, page: HubPage) -> None:
    if not home.get_children().filter(slug=page.slug).exists():
        page.show_in_menus = not isinstance(page, PlainPage)
        page.audience = Audience.EVERYONE
        home.add_child(instance=page)


def _plain_page(path: Path) -> PlainPage:
    """The page in one file: its title on the first line, its summary on the second, and then the body."""
    title, summary, body = path.read_text(encoding="utf-8").split("\n", 2)
    return PlainPage(
        slug=path.stem, title=title.removeprefix("# "), summary=summary, body=body_of(blocks_of(body, HERE))
    )
