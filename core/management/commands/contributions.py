"""``manage.py contributions``: which room gives what to which."""

from django.core.management.base import BaseCommand

from core.registry import Registry


class Command(BaseCommand):
    """One block for each kind of contribution, one line for each thing that is given."""

    help = "Print what each room gives to the rooms below it."

    def handle(self, *args: object, **options: object) -> None:
        for registry in sorted(Registry.every, key=lambda registry: (registry.taken_by, registry.name)):
            self.stdout.write(self.style.MIGRATE_HEADING(f"{registry.name}, asked for by {registry.taken_by}"))
            given = registry.contributions()
            width = max((len(one.room) for one in given), default=0)
            for one in given:
                self.stdout.write(f"  {one.room:<{width}}  {one.name}")
            if not given:
                self.stdout.write("  nothing yet")
