"""``manage.py load_demo``: fills the hub with the demo council, Withermere."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from home.demo import cast, loading
from home.demo.checking import check
from home.demo.reading import ContentError, read_content
from home.progress import counting, index_with_progress, quietly


class Command(BaseCommand):
    help = "Fills the hub with the demo council, Withermere: its people, communities, stories, surgeries and guidance."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-index", action="store_true", help="Leave the search index to “manage.py search rebuild”."
        )

    def handle(self, *args: Any, no_index: bool, **options: Any) -> None:
        console = Console(file=self.stdout._out)
        if cast.is_loaded():
            console.print(_("Withermere lives in this hub already; nothing was changed."))
        else:
            self.load(console)
            index_with_progress(console, wanted=not no_index)
        console.print(who_to_be())

    def load(self, console: Console) -> None:
        try:
            content = check(read_content())
        except ContentError as error:
            raise CommandError(str(error)) from error
        with quietly(), counting(console, _("Withermere"), loading.size(content)) as step:
            council = loading.load(content, step)
        console.print(made(content, council))


def made(content: Any, council: loading.Council) -> str:
    """What there is now that was not there before."""
    return _(
        "%(people)d people, %(communities)d communities, %(stories)d stories, %(surgeries)d surgeries, %(guidance)d pages of guidance."
    ) % {
        "people": len(council.people),
        "communities": len(council.communities),
        "stories": len(content.stories),
        "surgeries": len(content.surgeries),
        "guidance": len(content.guidance),
    }


def who_to_be() -> Table:
    """Whom one can sign in as."""
    table = Table(
        title=_("Sign in (password: %(password)s)") % {"password": cast.PASSWORD}, box=None, title_justify="left"
    )
    for heading in (_("Who"), _("E-mail address"), _("Sees the hub as")):
        table.add_column(heading, no_wrap=True)
    for person in cast.DEMO_PEOPLE:
        table.add_row(person.name, person.email, str(person.sees))
    return table
