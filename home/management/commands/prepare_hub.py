"""``manage.py prepare_hub``: the empty hub, with its front page, its indexes and the pages that the law asks for."""

from django.core.management.base import BaseCommand
from django.urls import reverse

from home.scaffold import prepare_hub


class Command(BaseCommand):
    help = "Makes the pages that every hub starts from, as far as they are missing."

    def handle(self, *args: object, **options: object) -> None:
        home = prepare_hub()
        self.stdout.write(self.style.SUCCESS(f"The hub is ready: {home.full_url}"))
        first_hour = home.full_url.rstrip("/") + reverse("home:first_hour")
        self.stdout.write(f"What it needs before people come, for an administrator who is signed in: {first_hour}")
