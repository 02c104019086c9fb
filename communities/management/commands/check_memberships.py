"""Says where places and memberships do not agree, for a nightly run."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, F, Q

from communities import services
from communities.models import Membership, Places, State
from core.heartbeats import beat


class Command(BaseCommand):
    help = "Holds counted places against memberships, and memberships against accounts. Ends with 1 where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="put right what differs, and end invitations that are too old"
        )

    def handle(self, *args: object, repair: bool, **options: object) -> None:
        found = [*self.miscounted(), *self.out_of_step()]
        for line in found:
            self.stderr.write(line)
        if repair:
            services.repair()
        if found and not repair:
            raise CommandError("They differ. Run “manage.py check_memberships --repair”.", returncode=1)
        beat("check_memberships")
        self.stdout.write("Put right." if found else "Places, memberships and accounts agree.")

    def miscounted(self) -> list[str]:
        active = Count("community__memberships", filter=Q(community__memberships__state=State.ACTIVE))
        wrong = Places.objects.annotate(members=active).exclude(taken=F("members")).order_by("pk")
        rows = wrong.values_list("community__slug", "taken", "members")
        return [f"{slug}: {taken} places counted, {members} members" for slug, taken, members in rows]

    def out_of_step(self) -> list[str]:
        """Members whose account is off, and people who are away though it is on."""
        members = Membership.objects.current().select_related("community", "person").order_by("pk")
        gone = Q(person__is_active=False) & ~Q(state=State.PAUSED)
        wrong = members.filter(gone | Q(person__is_active=True, state=State.PAUSED))
        return [f"{one.community.slug}: {one.person.slug} is “{one.get_state_display()}”" for one in wrong]
