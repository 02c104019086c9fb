"""``manage.py second_factor``: for the console, where nobody is left who could help on the screen."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.second_factor import encryption, rule, services
from people.addresses import owner_of


class Command(BaseCommand):
    help = "Takes the second factor off somebody who lost it, or encrypts all of them with the newest key."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        reset = deeds.add_parser("reset", help="Take it off: the password alone lets them in, to set up another.")
        reset.add_argument("email", help="The address that they sign in with.")
        reset.add_argument("--reason", required=True, help="Why; it stands in the audit log.")
        deeds.add_parser("rotate", help="Encrypt all secrets with the first of SECOND_FACTOR_KEYS.")

    def handle(self, *args: object, deed: str, **options: Any) -> None:
        if deed == "rotate":
            self._rotate()
        else:
            self._reset(options["email"], options["reason"])

    def _reset(self, email: str, reason: str) -> None:
        person = owner_of(email)
        if person is None:
            raise CommandError(f"Nobody signs in with {email}.")
        if not rule.has_one(person):
            raise CommandError(f"{person} has no second factor.")
        services.take_off(person, None, {"reason": reason, "asked_by": "console"})
        self.stdout.write(self.style.SUCCESS(f"Taken off. {person} signs in with the password and is told by e-mail."))

    def _rotate(self) -> None:
        done, lost = encryption.rotate()
        self.stdout.write(self.style.SUCCESS(f"Encrypted with the first key: {done}."))
        if lost:
            raise CommandError(
                f"No key opens {lost}. Put the missing key back into SECOND_FACTOR_KEYS, or reset their people."
            )
