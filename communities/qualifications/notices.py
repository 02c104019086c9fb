"""What happens to awards, told to their person, and to those who verify them."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.choices import AwardState
from communities.end_reminders import OVER, STEPS, claim, days_left, horizon, step_of
from communities.models import Award, Holding, Membership, ToldAwardEnds
from communities.models.award_querysets import AwardQuerySet
from communities.qualifications.permissions import seen_by
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, PutInWords, Recipients, by_key
from core.outbox import emit
from core.text import Words
from people.models import User

GIVEN, ANSWERED = "communities.award_given", "communities.award_answered"
WITHDRAWN, ENDS = "communities.award_withdrawn", "communities.award_ends"


def tell(kind: str, award: Award, by: User) -> None:
    emit(kind, award, actor=by, data={"person": award.person_id, "qualification": award.qualification_id})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def who_verifies(award: Award) -> list[int]:
    """The stewards where a role demands it of its person; the hub team where there are none."""
    stewards = _stewards(award)
    if stewards:
        return stewards
    team = User.objects.here().filter(is_superuser=True).exclude(pk=award.person_id)
    return list(team.values_list("pk", flat=True))


def _stewards(award: Award) -> list[int]:
    held = Holding.objects.of_members().filter(
        membership__person=award.person_id, role__qualifications=award.qualification_id
    )
    looking_after = Membership.objects.stewards().filter(
        community__in=held.values("membership__community"), person__is_active=True
    )
    others = looking_after.exclude(person=award.person_id)
    return list(others.order_by("person_id").values_list("person_id", flat=True).distinct())


def _award(event: Happened) -> Award | None:
    found: Award | None = Award.objects.filter(pk=event.subject_pk).first()
    return found


def verifiers(event: Happened) -> list[int]:
    award = _award(event)
    return who_verifies(award) if award else []


def its_person(event: Happened) -> list[int]:
    award = _award(event)
    return [award.person_id] if award else []


def person_and_stewards(event: Happened) -> list[int]:
    """The stewards hear of it on the last day, and when it is withdrawn."""
    award = _award(event)
    if award is None:
        return []
    return [award.person_id, *(_stewards(award) if not event.data.get("days") else [])]


# -- ahead of the end --------------------------------------------------------------------------------------------------
def with_renewal(awards: AwardQuerySet) -> AwardQuerySet:
    """Each with ``is_renewed``: there is another that holds longer, or evidence of one."""
    longer = Q(until=None) | Q(until__gt=OuterRef("until"))
    others = Award.objects.filter(person=OuterRef("person"), qualification=OuterRef("qualification"))
    goes_on = others.exclude(pk=OuterRef("pk")).filter(longer, refusal="", withdrawn_at=None)
    return awards.annotate(is_renewed=Exists(goes_on))


@transaction.atomic
def tell_ends() -> Collection[Award]:
    """Tell of each award that ends, 60 and 30 days ahead and on the last day, once each. What was renewed goes on.

    Those that are over now are returned once, so that what rests on them can follow.
    """
    verified = Award.objects.filter(decided_at__isnull=False, refusal="", withdrawn_at=None, person__is_active=True)
    found = list(with_renewal(verified.filter(until__range=horizon())))
    steps = [(one, one.until, step) for one in found if not one.is_renewed and (step := step_of(one.until)) is not None]
    over = [(one, one.until, OVER) for one in found if days_left(one.until) < 0]
    told = claim(ToldAwardEnds, [*steps, *over])
    for step in STEPS:
        if told.get(step):
            emit(ENDS, told[step], data={"days": step})
    return told.get(OVER, [])


# -- words -------------------------------------------------------------------------------------------------------------
def awards_told(reader: Person, keys: Collection[str]) -> Mapping[str, Award]:
    """One's own, and those that the reader verifies."""
    rows = with_renewal(seen_by(reader).filter(pk__in=keys))
    return by_key(rows.select_related("person", "qualification"))


def given(award: Award, event: Happened, reader: Person) -> NoticeWords | None:
    if not award.is_waiting or award.person_id == reader.pk:
        return None
    words = _("%(person)s gives evidence of %(what)s") % {"person": award.person, "what": award.qualification}
    return _words(award, words, _("Somebody gives evidence of a qualification"), action=_("Look at it"))


def answered(award: Award, event: Happened, reader: Person) -> NoticeWords | None:
    if award.is_waiting or award.person_id != reader.pk or award.withdrawal:
        return None
    said = {"what": award.qualification}
    if award.refusal:
        title = _("Not verified: %(what)s") % said
        return _words(award, title, _("A qualification of yours was not verified"), award.refusal)
    text = _("It counts until %(day)s.") % {"day": _day(award)} if award.until else ""
    return _words(award, _("Verified: %(what)s") % said, _("A qualification of yours is verified"), text)


def withdrawn(award: Award, event: Happened, reader: Person) -> NoticeWords | None:
    is_mine = award.person_id == reader.pk
    said = {"what": award.qualification, "person": award.person}
    title = _("Withdrawn: %(what)s") if is_mine else _("%(what)s of %(person)s was withdrawn")
    return _words(award, title % said, _("A qualification was withdrawn"), award.withdrawal)


def ends(award: Award, event: Happened, reader: Person) -> NoticeWords | None:
    """As it stands when it is read: what was told ahead may have ended since."""
    is_gone = award.state not in {AwardState.VERIFIED, AwardState.LAPSED}
    if is_gone or award.until is None or getattr(award, "is_renewed", False) or step_of(award.until) is None:
        return None
    is_mine = award.person_id == reader.pk
    said = {"what": award.qualification, "person": award.person, "day": _day(award)}
    if award.until < timezone.localdate():
        title = _("%(what)s has ended") if is_mine else _("%(what)s of %(person)s has ended")
        text = _("It counted until %(day)s. Roles that demand it are suspended until it is renewed.")
    elif award.until == timezone.localdate():
        title = _("%(what)s ends today") if is_mine else _("%(what)s of %(person)s ends today")
        text = _("From tomorrow on roles that demand it are suspended until it is renewed.")
    else:
        title = _("%(what)s ends on %(day)s") if is_mine else _("%(what)s of %(person)s ends on %(day)s")
        text = _("After it roles that demand it are suspended until it is renewed.")
    subject = _("A qualification ends")
    return _words(award, title % said, subject, text % said, _("Renew it") if is_mine else _("See it"))


def _day(award: Award) -> str:
    return date_format(award.until, "j F Y") if award.until else ""


def _words(award: Award, title: str, subject: str, text: str = "", action: str = "") -> NoticeWords:
    about = str(award.qualification)
    return NoticeWords(title, award.get_absolute_url(), text, action or _("Read it"), about=about, subject=subject)


def _kind(name: str, label: Words, words: PutInWords, recipients: Recipients) -> NoticeKind:
    return NoticeKind(name, label, words=words, subjects=awards_told, recipients=recipients)


KINDS = (
    _kind(GIVEN, gettext_lazy("Somebody gives evidence of a qualification that I verify"), given, verifiers),
    _kind(ANSWERED, gettext_lazy("My evidence of a qualification is verified, or not"), answered, its_person),
    _kind(WITHDRAWN, gettext_lazy("A qualification is withdrawn"), withdrawn, person_and_stewards),
    _kind(ENDS, gettext_lazy("A qualification ends"), ends, person_and_stewards),
)
