"""``manage.py check_audiences``: whether who may see a thing is stored as the rule gives it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _, ngettext

from core import audience_check
from core.heartbeats import beat


class Command(BaseCommand):
    """Run it every night. With ``--repair`` what is wrong is put right, and search hears of it."""

    help = "Check that who may see each thing is stored as its own fields and its community say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="put right what is wrong")

    def handle(self, *, repair: bool, **_options: object) -> None:
        wrong = 0
        for wrong, found in enumerate(audience_check.repair() if repair else audience_check.wrong_tokens(), 1):  # noqa: B007 (counted)
            self.stdout.write(str(found))
        if not wrong:
            self.stdout.write(_("Who may see each thing is stored as it should be."))
        elif repair:
            self.stdout.write(ngettext("%(n)s thing put right.", "%(n)s things put right.", wrong) % {"n": wrong})
        else:
            told = ngettext("%(n)s thing is wrong.", "%(n)s things are wrong.", wrong) % {"n": wrong}
            raise CommandError(f"{told} {_('Put them right with --repair.')}")
        beat("check_audiences")
