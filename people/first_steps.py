"""The first step of a hub that is about people."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from core.first_steps import FIRST_STEPS, Step
from core.text import Words
from people.models import User

ENOUGH = 2  # beside the hub team


def _people() -> Words:
    count = User.objects.filter(is_active=True, is_superuser=False).count()
    return (
        ngettext("%(n)s person has an account.", "%(n)s people have an account.", count) % {"n": count}
        if count >= ENOUGH
        else ""
    )


def add_steps() -> None:
    FIRST_STEPS.add(
        "people",
        Step(
            _("Bring in the first people"),
            _("Begin with those who will look after communities: they bring the others."),
            _("Make accounts"),
            lambda: reverse("wagtailusers_users:index"),
            _people,
        ),
        order=60,
    )
