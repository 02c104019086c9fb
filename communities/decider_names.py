"""Names that a decision keeps beside it, so that it can be read when whoever decided is gone: until they are erased."""

from collections.abc import Callable

from django.utils.translation import gettext

from communities.models import Award, Claim, Grant
from people.models import User


def forget_in(model: type[Award | Claim | Grant]) -> Callable[[User], None]:
    """What was decided stays, and on whose authority: no longer who wrote it down, or took it back."""

    def forget(person: User) -> None:
        somebody = gettext("Somebody who has left")
        model.objects.filter(decided_by=person).update(decided_name=somebody)
        model.objects.filter(withdrawn_by=person).update(withdrawn_name=somebody)

    return forget
