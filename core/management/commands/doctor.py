"""``manage.py doctor``: what is wrong with this installation, and what to do about it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from core.doctor import CHECKS, Finding, examine


class Command(BaseCommand):
    help = "Says in sentences what is wrong with this installation and what to do. Ends with 1 where something is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="Look at these alone, such as “mail”.")
        parser.add_argument("--json", action="store_true", help="Print JSON and nothing else.")

    def handle(self, *args: object, names: list[str], **options: object) -> None:
        known = [given.name for given in CHECKS.contributions()]
        if unknown := set(names) - set(known):
            raise CommandError(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        if options["json"]:
            findings = list(examine(names))
            self.stdout.write(json.dumps(as_data(findings), ensure_ascii=False))
        else:
            findings = [self.say(one) for one in examine(names)]
        ill = [one for one in findings if one.is_grave]
        if ill:
            raise SystemExit(1)
        if not options["json"]:
            self.stdout.write(self.style.SUCCESS("Nothing is wrong that keeps people from working."))

    def say(self, finding: Finding) -> Finding:
        """One block for each thing that is looked at, as soon as it was."""
        if not finding.complaints:
            self.stdout.write(f"{self.style.SUCCESS('well')}   {finding.name}")
        for one in finding.complaints:
            mark = self.style.ERROR("wrong") if one.is_grave else self.style.WARNING("note ")
            self.stdout.write(f"{mark}  {finding.name}: {one.what}\n       {one.do}")
        return finding


def as_data(findings: list[Finding]) -> dict[str, object]:
    return {
        "well": not any(one.is_grave for one in findings),
        "checks": {one.name: [asdict(complaint) for complaint in one.complaints] for one in findings},
    }
