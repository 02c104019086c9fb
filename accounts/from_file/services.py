"""Takes people of a file over. Every function is one transaction."""

from collections import Counter
from collections.abc import Callable, Sequence

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from accounts.from_file.checking import FIELDS, Checked, Verdict, check, fingerprint
from accounts.from_file.models import PeopleFile, kept_since
from accounts.from_file.reading import Table, read
from accounts.invitations import services as invitations
from accounts.invitations.pasted_addresses import Addressee
from accounts.leaving import services as leaving
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.departures import SwitchContext
from accounts.stays import services as stays
from people.models import User

Counts = Counter[Verdict]


class Otherwise(Exception):
    """Somebody changed an account after the preview: what would happen now is not what was shown."""


@transaction.atomic
def take_over(
    table: Table,
    kind: str,
    by: User | None,
    *,
    invites: bool = False,
    shown: str = "",
    step: Callable[[], object] = lambda: None,
) -> Counts:
    """Make the new people and change the others, all in one transaction; lines that cannot be taken stay out.

    ``shown`` is the fingerprint of the preview: raises ``Otherwise`` where it is another one by now. With ``invites``
    new people get a link; without, they have an account and no way in until somebody invites them.
    """
    lines = check(table, kind)
    if shown and fingerprint(lines) != shown:
        raise Otherwise
    made = [one for one in lines if one.verdict is Verdict.NEW]
    for one in lines:
        if one.verdict in {Verdict.NEW, Verdict.CHANGED}:
            _take(one, by)
        step()
    if invites and by is not None:
        _invite(made, by)
    return Counter(one.verdict for one in lines)


def _take(one: Checked, by: User | None) -> None:
    """One person. A new one has no password, so that nobody can sign in as them."""
    person = one.person
    if person is None:
        person = User.objects.create_user(one.email, None, **one.values)
        log(instance=person, action="accounts.from_file", user=by)
    else:
        changed = [name for name in FIELDS if name in one.values and getattr(person, name) != one.values[name]]
        for name in changed:
            setattr(person, name, one.values[name])
        if changed:
            person.save(update_fields=changed)
            log(instance=person, action="accounts.from_file", user=by, data={"changed": changed})
    if one.terms is not None:
        stays.begin(person, one.terms, by=by)
    if one.has_left:
        leaving.switch_off(person, SwitchContext(SwitchedBy.FILE, by))
    elif one.last_day is not None:
        leaving.plan(person, one.last_day, by)


def _invite(made: Sequence[Checked], by: User) -> None:
    for one in made:
        terms = one.terms
        offer = invitations.Offer(
            kind=one.values["kind"],
            organisation=one.values.get("organisation", ""),
            sponsor=terms.sponsor if terms else None,
            purpose=terms.purpose if terms else "",
            review_on=terms.review_on if terms else None,
        )
        invitations.ask(offer, [Addressee(one.email, one.name)], by=by)


@transaction.atomic
def take_file(kept: PeopleFile, most_lines: int, by: User, shown: str) -> Counts | None:
    """Take a file over as it was shown, and forget it. ``None`` where the button was pressed twice.

    Raises ``Otherwise`` as ``take_over`` does.
    """
    if PeopleFile.objects.select_for_update(of=("self",)).filter(pk=kept.pk).first() is None:
        return None
    try:
        table = read(bytes(kept.content), most_lines)
        counts = take_over(table, kept.kind, by, invites=kept.invites, shown=shown or "-")
    except IntegrityError as taken:  # an account with one of the addresses was made at the same moment
        raise Otherwise from taken
    kept.delete()
    return counts


@transaction.atomic
def forget_files() -> None:
    """Remove files whose owner never pressed the button."""
    PeopleFile.objects.filter(made__lt=kept_since()).delete()
