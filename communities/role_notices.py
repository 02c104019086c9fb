"""That somebody does not take a role on, told to those who look after the community."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import Holding, Membership
from communities.notices import its_community, where
from core.audiences import Person, may_see
from core.editors import is_hub_team
from core.notices import Happened, NoticeKind, NoticeWords, by_key
from core.outbox import emit
from core.versions import changed_for
from people.models import User

DECLINED = "communities.role_declined"


def tell_declined(holding: Holding) -> None:
    """Its holder said no, and why: the role opens nothing any more."""
    membership = holding.membership
    emit(DECLINED, holding, actor=membership.person, data=where(membership))


def accepted_after_all(holding: Holding) -> None:
    """There is nothing to see to any more. Those who heard of it would count it for minutes."""
    changed_for(_who_sees_to_it(holding.membership.community_id, holding.membership.person_id))


def who_sees_to_it(event: Happened) -> list[int]:
    return _who_sees_to_it(event.data["community"], event.data["person"])


def _who_sees_to_it(community: int, but: int) -> list[int]:
    """The other stewards; the hub team where nobody is left."""
    others = Membership.objects.stewards().filter(community=community).exclude(person=but)
    people = list(others.values_list("person_id", flat=True))
    return people or list(User.objects.here().filter(is_superuser=True).values_list("pk", flat=True))


def roles_told(reader: Person, keys: Collection[str]) -> Mapping[str, Holding]:
    """Those of communities that the reader looks after; for the hub team those of communities that nobody does, as far
    as they may see them.
    """
    stewards = Membership.objects.stewards().filter(community=OuterRef("membership__community"))
    rows = Holding.objects.filter(pk__in=keys, membership__community__live=True).annotate(
        is_mine=Exists(stewards.filter(person=reader.pk)), is_looked_after=Exists(stewards)
    )
    found = rows.select_related("role", "membership__person", "membership__community")
    return by_key(row for row in found if row.is_mine or _is_for_hub_team(reader, row))


def _is_for_hub_team(reader: Person, row: Holding) -> bool:
    is_lost = not getattr(row, "is_looked_after", False)
    return is_lost and is_hub_team(reader) and may_see(reader, row.membership.community)


def declined(holding: Holding, event: Happened, reader: Person) -> NoticeWords | None:
    """As long as they hold it and have not thought again."""
    membership = holding.membership
    if not holding.is_declined or holding.until is not None or membership.person_id == reader.pk:
        return None
    said = {"person": membership.person, "role": holding.role}
    return NoticeWords(
        _("%(person)s does not take on the role %(role)s") % said,
        reverse("communities:members", args=[membership.community.slug]),
        text=holding.reason,
        action=_("Name somebody else, or speak to them"),
        about=membership.community.title,
        subject=_("Somebody does not take on a role"),
    )


KINDS = (
    NoticeKind(
        DECLINED,
        gettext_lazy("Somebody does not take on a role in a community that you look after"),
        words=declined,
        subjects=roles_told,
        recipients=who_sees_to_it,
        matter=its_community,
    ),
)
