"""Delegations of somebody who leaves: nobody can be given them."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from conversations.delegates.notices import page
from conversations.models import Delegation
from indexing.documents import key_for
from people.handover import Handover, LookedAfter
from people.models import User


def delegations_of(person: User) -> Iterator[LookedAfter]:
    """Who writes for them, and for whom they write, as long as it goes on."""
    rows = Delegation.objects.standing().of(person.pk).exclude(accepted=None)
    for row in rows.select_related("principal", "delegate").order_by("pk"):
        writes = row.delegate_id == person.pk
        other = row.principal if writes else row.delegate
        words = _("They write for %(name)s") if writes else _("%(name)s writes for them")
        title = words % {"name": other}
        until = _("Until %(day)s") % {"day": date_format(row.until, "j F Y")}
        yield LookedAfter(key_for(Delegation, row.pk), other, title, page(), until, title)


DELEGATIONS = Handover(
    label=gettext_lazy("Writing for others in conversations"),
    rest=gettext_lazy("It ends when the account is switched off. Whoever needs a delegate names another one."),
    held=delegations_of,
    icon="conversation",
)
