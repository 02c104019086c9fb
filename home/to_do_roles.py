"""What waits for a reader of the front page because of their roles and what these demand, and because of questions."""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _, ngettext

from communities.approval.approvers import waiting_anywhere
from communities.claims.listings import own_to_answer
from communities.listings import helping, people_who_asked, unattended_for
from communities.models import Award, Claim, Holding
from communities.qualifications.listings import ending, to_verify
from communities.roles.accepting import unanswered_by
from communities.suspended_roles import Suspended, suspended_of
from conversations.promise.keepers import Duties, asked_of, waiting_for
from core.editors import is_hub_team
from home.to_do import AskedOfYou
from home.to_do_publishing import asked_to_publish
from home.to_do_questions import asked_back, questions_of
from people.models import User
from reports.listings import subject, waiting_for as reports_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.querysets import ReportQuerySet

SHOWN = 3
AT_MOST = 10  # of what people wait for


def asked_by_roles_of(person: User, duties: Duties, *, to_publish: bool) -> list[AskedOfYou]:
    """What readers report, who asks to join, what their roles ask, which are suspended, what ends soon, evidence that
    they verify, whom they name, questions, what others ask to publish.

    One query says which of these there is; most people have none.
    """
    each: dict[str, tuple[Any, Callable[[Any], list[AskedOfYou]]]] = {
        "reported": (reports_for(person, duties.steward), lambda rows: _reports(person, rows)),
        "to_join": (people_who_asked(person, duties.steward), _to_join),
        "roles": (unanswered_by(person), _roles),
        "suspended": (
            Holding.objects.suspended().filter(membership__person=person),
            lambda _rows: [_suspended(one) for one in suspended_of(person) if not one.is_waiting],
        ),
        "ending": (ending(person), lambda rows: [_ends_soon(award) for award in rows]),
        "verify": (to_verify(person, duties.steward), _to_verify),
        "to_name": (own_to_answer(person, duties.steward), _to_name),
        "asked_back": (waiting_for(person), asked_back),
        "helping": (helping(person), lambda _rows: _lacking(person)),
        "questions": (asked_of(person, timezone.now(), duties), questions_of),
        **({"to_publish": (waiting_anywhere(), lambda _rows: asked_to_publish(person))} if to_publish else {}),
    }
    there = User.objects.filter(pk=person.pk).values(**{name: Exists(rows) for name, (rows, _words) in each.items()})
    known = there.first() or {}
    return [asked for name, (rows, words) in each.items() if known.get(name) for asked in words(rows)]


def _reports(person: User, reports: "ReportQuerySet") -> list[AskedOfYou]:
    return [
        AskedOfYou(
            title=_("Something is wrong: %(page)s") % {"page": subject(person, report)},
            text=Truncator(report.text).chars(120),
            action=_("Look at it"),
            url=report.get_absolute_url(),
        )
        for report in reports[:AT_MOST]
    ]


def _to_join(requests: QuerySet[Any]) -> list[AskedOfYou]:
    return [
        AskedOfYou(
            title=_("%(person)s asks to join %(community)s")
            % {"person": request.person, "community": request.community.title},
            text=request.note or _("Since %(day)s.") % {"day": date_format(request.since, "j F")},
            action=_("Answer"),
            url=reverse(
                f"communities:{'members' if request.is_mine else 'facilitators'}", args=[request.community.slug]
            ),
        )
        for request in requests[:AT_MOST]
    ]


def _roles(holdings: QuerySet[Holding]) -> list[AskedOfYou]:
    """What a role that somebody holds asks of them, and they have not answered."""
    return [
        AskedOfYou(
            title=_("What you take on as %(role)s of %(community)s")
            % {"role": held.role, "community": held.membership.community.title},
            text=_("It has changed since you accepted it.") if held.answered_id else held.role.what_for,
            action=_("Read and answer"),
            url=reverse("communities:accept_role", args=[held.pk]),
        )
        for held in holdings[:SHOWN]
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


def _to_verify(awards: QuerySet[Award]) -> list[AskedOfYou]:
    waiting = list(awards[: SHOWN + 1])
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
        more = awards.count() - SHOWN
        words = ngettext("One more qualification to verify", "%(n)s more qualifications to verify", more) % {"n": more}
        asked.append(AskedOfYou(words, "", _("See them all"), reverse("qualifications:waiting")))
    return asked


def _lacking(person: User) -> list[AskedOfYou]:
    """What lacks people, for whoever was granted to help. The hub team finds it by itself."""
    many = 0 if is_hub_team(person) else unattended_for(person).count()
    if not many:
        return []
    words = ngettext(
        "%(n)s community lacks people to look after it", "%(n)s communities lack people to look after them", many
    )
    said = _("You help communities. Offer somebody who comes along for a while.")
    return [AskedOfYou(words % {"n": many}, said, _("See which"), reverse("communities:unattended"))]


def _to_name(claims: QuerySet[Claim]) -> list[AskedOfYou]:
    """Who asks to be named as somebody who knows."""
    waiting = list(claims[: SHOWN + 1])
    asked = [
        AskedOfYou(
            title=_("%(person)s asks to be named for %(topic)s") % {"person": one.person.name, "topic": one.topic.name},
            text=_("Since %(day)s.") % {"day": date_format(one.asked_at, "j F")},
            action=_("Look at it"),
            url=one.get_absolute_url(),
        )
        for one in waiting[:SHOWN]
    ]
    if len(waiting) > SHOWN:
        more = claims.count() - SHOWN
        words = ngettext("One more asks to be named", "%(n)s more ask to be named", more) % {"n": more}
        asked.append(AskedOfYou(words, "", _("See them all"), reverse("claims:waiting")))
    return asked
