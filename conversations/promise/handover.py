"""Communities whose questions somebody sees to, for whoever takes that over when they leave."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from communities.handover import facilitators_of
from communities.models import CommunityPage, Membership
from conversations.models import CommunityPromise
from conversations.promise import notices
from conversations.promise.calendars import rules_of
from indexing.documents import key_for
from people.handover import CannotGive, Handover, LookedAfter
from people.models import User


def _rules_of(person: User) -> "list[CommunityPromise]":
    named = CommunityPromise.objects.filter(Q(keeper=person) | Q(backup=person), community__live=True)
    return list(named.select_related("community").order_by("community__title", "pk"))


def held(person: User) -> Iterator[LookedAfter]:
    """The communities that name them, as the one who keeps the promise or as the one who stands in."""
    for rules in _rules_of(person):
        community = rules.community
        part = _("Keeps the promise") if rules.keeper_id == person.pk else _("Stands in")
        key = key_for(CommunityPage, community.pk)
        yield LookedAfter(key, community, community.title, community.url, part, community.title)


@transaction.atomic
def give(person: User, pk: int, to: User, by: User) -> None:
    """Only a member sees to questions. Whoever stood in and keeps the promise now is their own stand-in no more."""
    rules = CommunityPromise.objects.select_for_update(of=("self",)).filter(community=pk).first()
    if rules is None or person.pk not in {rules.keeper_id, rules.backup_id}:
        raise CannotGive(_("Somebody else has this by now."))
    words = {"person": to, "community": rules.community.title}
    if not Membership.objects.active().filter(community=pk, person=to).exists():
        raise CannotGive(_("%(person)s is no member of %(community)s. Choose a member.") % words)
    before = rules_of(rules.community)
    if rules.keeper_id == person.pk:
        rules.keeper, rules.backup = to, None if rules.backup_id == to.pk else rules.backup
    elif rules.keeper_id == to.pk:
        raise CannotGive(_("%(person)s keeps the promise of %(community)s, and cannot stand in for it, too.") % words)
    else:
        rules.backup = to
    rules.save(update_fields=["keeper", "backup"])
    notices.tell_rules(rules.community, before, rules, by)


KEPT_PROMISES = Handover(
    label=gettext_lazy("Communities whose questions they see to"),
    rest=gettext_lazy("Those who look after the community are asked, until they name somebody else."),
    held=held,
    give=give,
    heirs=facilitators_of,
    icon="conversation",
)
