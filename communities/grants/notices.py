"""What happens to grants, told to those who look after the community, and to the hub team, which decides."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.choices import GrantState
from communities.end_reminders import STEPS, claim, step_of
from communities.models import Grant, Holding, Membership, ToldGrantEnds
from communities.permissions import communities_stewarded
from core.audiences import Person
from core.editors import is_hub_team
from core.notices import Happened, NoticeKind, NoticeWords, PutInWords, Recipients, by_key
from core.outbox import emit
from core.text import Words
from people.models import User

ASKED, DECIDED = "communities.grant_asked", "communities.grant_decided"
EXTENDED, WITHDRAWN = "communities.grant_extended", "communities.grant_withdrawn"
ENDS = "communities.grant_ends"


def tell(kind: str, grant: Grant, by: User) -> None:
    emit(kind, grant, actor=by, data={"community": grant.community_id})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def hub_team(_event: Happened | None = None) -> list[int]:
    return list(User.objects.here().filter(is_superuser=True).values_list("pk", flat=True))


def stewards(event: Happened) -> list[int]:
    """Those who look after the community, and whoever asked for it: a grant lets people ask who are no stewards."""
    asked = Grant.objects.filter(pk=event.subject_pk, asked_by__is_active=True).values_list("asked_by_id", flat=True)
    return sorted({*_looking_after(event.data["community"]), *asked})


def _looking_after(community: int) -> list[int]:
    stewards = Membership.objects.stewards().filter(community=community, person__is_active=True)
    return list(stewards.values_list("person_id", flat=True))


def everybody_concerned(event: Happened) -> list[int]:
    return sorted({*stewards(event), *hub_team(event)})


def holders_and_stewards(event: Happened) -> list[int]:
    """Whoever has a role that holds it, and the stewards. What every member holds is for the stewards to see to."""
    grant = Grant.objects.filter(pk=event.subject_pk).first()
    if grant is None:
        return []
    held = Membership.objects.active().filter(
        Exists(Holding.objects.in_effect().filter(membership=OuterRef("pk"), role=grant.role_id)),
        community=grant.community_id,
        person__is_active=True,
    )
    return sorted({*held.values_list("person_id", flat=True), *_looking_after(grant.community_id)})


@transaction.atomic
def tell_ends() -> None:
    """Tell of each grant that ends, 60 and 30 days ahead, once each."""
    now = timezone.now()
    running = Grant.objects.in_force(now).filter(until__lte=now + timedelta(days=STEPS[0] + 2), community__live=True)
    ahead = [(one, last) for one in running if (last := one.last_day)]
    due = [(one, last, step) for one, last in ahead if (step := step_of(last))]
    told = claim(ToldGrantEnds, due)
    for step, grants in told.items():
        emit(ENDS, grants, data={"days": step})


def matter(event: Happened) -> str:
    """Everything about one grant stands together."""
    return event.subject


# -- words -------------------------------------------------------------------------------------------------------------
def grants_told(reader: Person, keys: Collection[str]) -> Mapping[str, Grant]:
    """Those of communities that the reader looks after, or asked for as a member; all of them for the hub team."""
    rows = Grant.objects.filter(pk__in=keys, community__live=True).select_related("community", "asked_by")
    belongs = Membership.objects.active().filter(person=reader.pk).values("community")
    theirs = Q(community__in=communities_stewarded(reader)) | Q(asked_by=reader.pk, community__in=belongs)
    return by_key(rows if is_hub_team(reader) else rows.filter(theirs))


def grants_held(reader: Person, keys: Collection[str]) -> Mapping[str, Grant]:
    """Those of communities that the reader looks after (``is_mine``), and those that a role of theirs holds."""
    mine = Membership.objects.stewards().filter(person=reader.pk)
    held = Holding.objects.in_effect().filter(
        membership__person=reader.pk, membership__community=OuterRef("community"), role=OuterRef("role")
    )
    rows = Grant.objects.filter(pk__in=keys, community__live=True).select_related("community", "role")
    marked = rows.annotate(is_mine=Exists(mine.filter(community=OuterRef("community"))), is_held=Exists(held))
    return by_key(marked.filter(Q(is_mine=True) | Q(is_held=True)))


def asked(grant: Grant, event: Happened, _reader: Person) -> NoticeWords | None:
    if not grant.is_asked:
        return None
    said = {"person": event.by or _("Somebody"), "what": grant.what}
    title = _("%(person)s asks that the community may: %(what)s") % said
    return _words(grant, title, _("A community asks for a grant"), grant.purpose, _("Decide"))


def decided(grant: Grant, _event: Happened, _reader: Person) -> NoticeWords | None:
    if grant.is_asked or grant.state is GrantState.WITHDRAWN:
        return None
    if grant.state is GrantState.REFUSED:
        title = _("Not granted: %(what)s") % {"what": grant.what}
        return _words(grant, title, _("A grant was refused"), grant.refusal)
    title = _("Granted: %(what)s") % {"what": grant.what}
    return _words(grant, title, _("Your community was granted something"), grant.on_what_authority)


def extended(grant: Grant, _event: Happened, _reader: Person) -> NoticeWords | None:
    if not grant.can_be_ended:
        return None
    return _words(grant, _("Goes on for longer: %(what)s") % {"what": grant.what}, _("A grant goes on for longer"))


def withdrawn(grant: Grant, _event: Happened, _reader: Person) -> NoticeWords | None:
    title = _("Withdrawn: %(what)s") % {"what": grant.what}
    return _words(grant, title, _("A grant was withdrawn"), grant.withdrawal)


def ends(grant: Grant, _event: Happened, _reader: Person) -> NoticeWords | None:
    """As long as it holds and was not extended. Whoever may ask for an extension is led there."""
    last = grant.last_day
    if grant.state is not GrantState.IN_FORCE or last is None or step_of(last) is None:
        return None
    said = {"what": grant.what, "day": date_format(last, "j F Y")}
    title = _("Ends on %(day)s: %(what)s") % said
    subject = _("A grant ends")
    if not getattr(grant, "is_mine", False):
        text = _("Whoever looks after the community can ask for an extension.")
        return _words(grant, title, subject, text)
    url = f"{reverse('communities:ask_for_grant', args=[grant.community.slug])}?extends={grant.pk}"
    return _words(grant, title, subject, grant.on_what_authority, _("Ask for an extension"), url)


def _words(grant: Grant, title: str, subject: str, text: str = "", action: str = "", url: str = "") -> NoticeWords:
    url = url or grant.get_absolute_url()
    return NoticeWords(title, url, text, action or _("Read it"), about=grant.community.title, subject=subject)


def _kind(name: str, label: Words, words: PutInWords, recipients: Recipients) -> NoticeKind:
    return NoticeKind(name, label, words=words, subjects=grants_told, recipients=recipients, matter=matter)


KINDS = (
    _kind(ASKED, gettext_lazy("A community asks for a grant"), asked, hub_team),
    _kind(DECIDED, gettext_lazy("My community is granted something, or is refused it"), decided, stewards),
    _kind(EXTENDED, gettext_lazy("A grant of my community goes on for longer"), extended, stewards),
    _kind(WITHDRAWN, gettext_lazy("A grant is withdrawn"), withdrawn, everybody_concerned),
    NoticeKind(
        ENDS,
        gettext_lazy("A grant that I hold or look after ends"),
        words=ends,
        subjects=grants_held,
        recipients=holders_and_stewards,
        matter=matter,
    ),
)
