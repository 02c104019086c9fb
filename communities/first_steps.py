"""The first step of a hub that is about communities."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import CommunityIndexPage, Membership
from core.first_steps import FIRST_STEPS, FirstStep
from core.text import Words


def _community() -> Words:
    """One that is live, and has somebody who looks after it. A private one is not named here."""
    looked_after = Membership.objects.stewards().filter(community__live=True, person__is_active=True)
    return _("There is a community with a facilitator.") if looked_after.exists() else ""


def _where() -> str:
    """Where one is made, or, once there is one, the list of them."""
    index = CommunityIndexPage.objects.order_by("pk").first()
    if index is None:
        return reverse("wagtailadmin_explore_root")
    if _community():
        return reverse("wagtailadmin_explore", args=[index.pk])
    return reverse("wagtailadmin_pages:add", args=["communities", "communitypage", index.pk])


def add_steps() -> None:
    FIRST_STEPS.add(
        "community",
        FirstStep(
            _("Make a first community, with facilitators"),
            _("A hub is its communities. Begin with one that exists, and name who looks after it."),
            _("Make a community"),
            _where,
            _community,
        ),
        order=70,
    )
