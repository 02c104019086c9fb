"""Who may see whom, beside the audience that each person chose."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.audiences import EVERYONE, ORGANISATION, Viewer, may_see, person_token, tokens_of, viewer_tokens
from people.choices import Reach
from people.models import User

ALONE = _("Nobody else runs the hub. Let somebody else do so first.")
OPENED = {Reach.PAGE: {EVERYONE}, Reach.ORGANISATION: {ORGANISATION}, Reach.MEMBERS: set()}


def shown_address(viewer: Viewer, person: User) -> str:
    """Where ``viewer``, who may see ``person``, may write to them: nothing for strangers, or without an address."""
    return str(person.email or "") if viewer.is_authenticated else ""


def alone_in_running_the_hub(people: Collection[User]) -> bool:
    """Whether nobody would run the hub for good without ``people``. Asked in a transaction, it locks one who would."""
    if not any(person.is_superuser and person.is_active for person in people):
        return False
    others = User.objects.here().filter(is_superuser=True, leaves_on=None).exclude(pk__in=[one.pk for one in people])
    return not others.select_for_update(of=("self",), no_key=True).exists()


def own_tokens(person: User) -> list[str]:
    """The token that is ``person``'s alone."""
    return [person_token(person.pk)]


def themselves(viewer: Viewer, tokens: frozenset[str]) -> Q:
    """Everybody sees themselves, on their page and in search, however few others do."""
    return Q(pk=viewer.pk) if viewer.is_authenticated and person_token(viewer.pk) in tokens else Q(pk__in=())


def may_reach(viewer: Viewer, person: User) -> bool:
    """Whether ``viewer`` sees phone, hours and ways of ``person``: who sees the page, as far as the person opened them.

    Whoever shares a community with them always does, and so do they themselves.
    """
    if not (viewer.is_authenticated and may_see(viewer, person)):
        return False
    nearer = tokens_of(person) - {EVERYONE, ORGANISATION, person.audience_token}
    opened: set[str] = OPENED[Reach(person.contact_audience)]
    return not viewer_tokens(viewer).isdisjoint(opened | nearer)
