"""``manage.py load_demo``: fills the hub with the demo council, Withermere."""

import secrets

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from communities.models import CommunityPage
from demo import cast, growing, loading
from demo.checking import check
from demo.kind import Content
from demo.kinds import KINDS
from demo.reading import read_content
from demo.shaping import ContentError
from importing.progress import console_for, counting, index_with_progress, quietly

NEVER_CHANGES = 1  # the seed of a large hub, unless another is named


class Command(BaseCommand):
    help = "Fills the hub with the demo council, Withermere: its people, communities, stories, surgeries and guidance."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--in-production", action="store_true", help="Do it in a hub that people use. No administrator is made."
        )
        parser.add_argument("--password", help="What the demo's people sign in with, instead of a random password.")
        parser.add_argument("--size", choices=("small", "large"), default="small", help="Large: 10,000 pages.")
        parser.add_argument("--seed", type=int, default=NEVER_CHANGES, help="What a large hub's chance begins with.")
        index = parser.add_mutually_exclusive_group()
        index.add_argument("--index", action="store_true", help="Bring a large hub to the search index too (minutes).")
        index.add_argument("--no-index", action="store_true", help="Leave the index to “manage.py search rebuild”.")

    def handle(
        self,
        *,
        size: str,
        seed: int,
        index: bool,
        no_index: bool,
        in_production: bool,
        password: str | None,
        **_options: object,
    ) -> None:
        keys = keys_for(in_production=in_production, password=password)
        console = console_for(self.stdout)
        content = checked_content()
        is_new = is_loaded_now = self.load(console, content, keys)
        if size == "large":
            is_new = self.grow(console, content, seed) or is_new
        if is_new and not no_index:  # whoever says so builds the index another way
            index_with_progress(console, wanted=index or size == "small")
        if is_loaded_now or not settings.IN_PRODUCTION:
            console.print(who_to_be(keys))

    def load(self, console: Console, content: Content, keys: cast.Keys) -> bool:
        """Whether there was anything to load."""
        if cast.is_loaded():
            console.print(_("Withermere lives in this hub already; nothing was changed."))
            return False
        if others := CommunityPage.objects.count():
            console.print(
                _("This hub holds %(n)d communities already. Withermere moves in beside them.") % {"n": others}
            )
        with quietly(), counting(console, _("Withermere"), loading.size(content)) as step:
            loading.load(content, step, keys)
        console.print(made(content))
        return True

    def grow(self, console: Console, content: Content, seed: int) -> bool:
        """Whether there was anything to invent."""
        size = growing.missing()
        if growing.is_grown() or size["people"] < 1 or size["communities"] < 1:
            console.print(_("This hub is large already; nothing was invented."))
            return False
        with quietly(), counting(console, _("Large"), sum(size.values())) as step:
            growing.grow(content, size, seed, step)
        return True


def checked_content() -> Content:
    """The demo's content. Faults in it end the command, every one of them told."""
    try:
        return check(read_content())
    except ContentError as error:
        raise CommandError(str(error)) from error


def made(content: Content) -> str:
    """What there is now that was not there before."""
    things = [str(kind.counted) % {"n": len(content[kind])} for kind in KINDS if kind.counted]
    return ", ".join(things) + "."


def keys_for(*, in_production: bool, password: str | None) -> cast.Keys:
    """The password that everybody knows, on one's own machine. A hub that people use gets a random one, no
    administrator, and nothing at all unless that was asked for.
    """
    if not settings.IN_PRODUCTION:
        return cast.Keys(password or cast.PASSWORD)
    if not in_production:
        raise CommandError(
            _("People use this hub, and the demo’s people could sign in to it. If you want that, add --in-production.")
        )
    return cast.Keys(password or secrets.token_urlsafe(12), with_administrator=False)


def who_to_be(keys: cast.Keys) -> Table:
    """Whom one can sign in as."""
    title = _("Sign in (password: %(password)s)") % {"password": keys.password}
    table = Table(title=title, box=None, title_justify="left")
    for heading in (_("Who"), _("E-mail address"), _("Sees the hub as")):
        table.add_column(heading, no_wrap=True)
    for person in cast.DEMO_PEOPLE:
        if person.email == cast.ADMINISTRATOR and not keys.with_administrator:
            continue
        table.add_row(person.name, person.email, str(person.sees))
    return table
