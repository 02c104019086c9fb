"""Giving thanks, putting them on one's page, and taking them back."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Topic
from core.outbox import emit
from people.models import User
from search.services import changed, changed_queryset
from thanks.models import Thanks
from thanks.notices import GIVEN
from thanks.thankable import ThankableThing


class CannotThank(Exception):
    """These thanks cannot be given; the text says why, to whoever gives them."""


@transaction.atomic
def give(
    by: User,
    to: User,
    words: str,
    *,
    thing: ThankableThing | None = None,
    topics: Iterable[Topic] = (),
    is_open: bool = True,
) -> Thanks:
    """Thank somebody, for ``thing`` or in words alone. They hear of it.

    Raises ``CannotThank`` for thanks to oneself, to somebody who has nothing to do with the thing, for nothing at all,
    or a second time for one thing. Sent twice, they are given once.
    """
    if by.pk == to.pk:
        raise CannotThank(_("Thanks are for somebody else."))
    if thing is not None and to.pk not in thing.people:
        raise CannotThank(_("%(name)s has no part in this.") % {"name": to.name})
    if thing is None and not words.strip():
        raise CannotThank(_("Say what you thank them for."))
    number = int(thing.key.partition(":")[2]) if thing else None
    list(User.objects.select_for_update(of=("self",), no_key=True).filter(pk=by.pk))  # one after another
    just_now = timezone.now() - timedelta(minutes=10)
    same = Thanks.objects.filter(giver=by, receiver=to, thing=thing.key if thing else "", words=words)
    if (known := same.filter(given__gt=just_now).first()) is not None:
        return known
    try:
        with transaction.atomic():
            thanks = Thanks.objects.create(
                giver=by, receiver=to, thing=thing.key if thing else "", thing_pk=number, words=words, is_open=is_open
            )
    except IntegrityError as error:
        raise CannotThank(_("You have thanked %(name)s for this already.") % {"name": to.name}) from error
    thanks.topics.set(topics)
    emit(GIVEN, thanks, actor=by, data={"receiver": to.pk})
    _weigh_anew(thanks)
    return thanks


@transaction.atomic
def show(thanks: Thanks) -> None:
    """Its receiver puts it on their page. What was said between the two of them stays there."""
    if thanks.is_open and not thanks.is_shown:
        thanks.is_shown = True
        thanks.save(update_fields=["is_shown"])
        changed(thanks)


@transaction.atomic
def hide(thanks: Thanks) -> None:
    """Its receiver takes it off their page."""
    if thanks.is_shown:
        thanks.is_shown = False
        thanks.save(update_fields=["is_shown"])
        changed(thanks)


@transaction.atomic
def take_back(thanks: Thanks) -> None:
    """Whoever gave them takes them back, or whoever was given them wants them gone: nothing of them is left."""
    _weigh_anew(thanks)
    changed(thanks)
    thanks.delete()


def _weigh_anew(thanks: Thanks) -> None:
    """Thanks that go both ways or in a ring count for nobody, so that these may change what others say."""
    changed_queryset(Thanks, Thanks.objects.in_rings_with(thanks.giver, thanks.receiver))
