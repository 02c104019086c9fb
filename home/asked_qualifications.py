"""What waits for a reader of the front page because roles demand qualifications."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from communities.awards.listings import ending_soon, to_verify
from communities.models import Award
from communities.suspended import Suspended, suspended_of
from home.asked import AskedOfYou
from people.models import User

SHOWN = 3


def qualifications_asked_of(person: User) -> list[AskedOfYou]:
    """Roles that are suspended, what ends soon, and the evidence of others that they verify."""
    return [
        *(_suspended(one) for one in suspended_of(person) if not one.is_waiting),
        *map(_ends_soon, ending_soon(person)),
        *_to_verify(person),
    ]


def _suspended(one: Suspended) -> AskedOfYou:
    said = {"role": one.holding.role, "community": one.holding.membership.community.title}
    return AskedOfYou(
        title=_("Your role %(role)s of %(community)s is suspended") % said,
        text=_("%(because)s.") % {"because": one.because},
        action=_("Give evidence"),
        url=reverse("qualifications:mine"),
    )


def _ends_soon(award: Award) -> AskedOfYou:
    said = {"what": award.qualification, "day": date_format(award.until, "j F Y") if award.until else ""}
    return AskedOfYou(
        title=_("%(what)s ends on %(day)s") % said,
        text=_("After it roles that demand it are suspended until it is renewed."),
        action=_("Renew it"),
        url=reverse("qualifications:give", args=[award.qualification.slug]),
    )


def _to_verify(person: User) -> list[AskedOfYou]:
    waiting = list(to_verify(person)[: SHOWN + 1])
    asked = [
        AskedOfYou(
            title=_("%(person)s gives evidence of %(what)s") % {"person": one.person, "what": one.qualification},
            text=_("Since %(day)s.") % {"day": date_format(one.recorded_at, "j F")},
            action=_("Look at it"),
            url=one.get_absolute_url(),
        )
        for one in waiting[:SHOWN]
    ]
    if len(waiting) > SHOWN:
        more = to_verify(person).count() - SHOWN
        words = ngettext("One more qualification to verify", "%(n)s more qualifications to verify", more) % {"n": more}
        asked.append(AskedOfYou(words, "", _("See them all"), reverse("qualifications:waiting")))
    return asked
