"""Whether somebody runs the hub."""

from collections.abc import Iterator

from core.doctor import Complaint
from people.models import User


def administrators() -> Iterator[Complaint]:
    if not User.objects.filter(is_active=True, is_superuser=True).exists():
        yield Complaint("Nobody administers the hub.", "Run “manage.py createsuperuser”.")
