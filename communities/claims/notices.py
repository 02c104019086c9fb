"""That somebody asks to be named as knowing about a topic, and what is said to it."""

from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.claims.permissions import seen_by
from communities.end_reminders import step_of
from communities.models import Claim, Membership
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, PutInWords, Recipients, by_key
from core.outbox import emit
from core.text import Words
from people.models import User

ASKED, ANSWERED = "communities.claim_asked", "communities.claim_answered"
WITHDRAWN, ENDS = "communities.claim_withdrawn", "communities.claim_ends"


def tell(kind: str, claim: Claim, by: User) -> None:
    emit(kind, claim, actor=by, data={"person": claim.person_id, "community": claim.community_id})


def tell_ends(claims: Sequence[Claim], days: int) -> None:
    emit(ENDS, claims, data={"days": days})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def who_answers(claim: Claim) -> list[int]:
    """The stewards of its community but its person; the hub team where there are no others."""
    stewards = Membership.objects.stewards().filter(community=claim.community_id, person__is_active=True)
    others = stewards.exclude(person=claim.person_id).order_by("person_id")
    if found := list(others.values_list("person_id", flat=True).distinct()):
        return found
    team = User.objects.here().filter(is_superuser=True).exclude(pk=claim.person_id)
    return list(team.values_list("pk", flat=True))


def _claim(event: Happened) -> Claim | None:
    found: Claim | None = Claim.objects.filter(pk=event.subject_pk).first()
    return found


def answerers(event: Happened) -> list[int]:
    claim = _claim(event)
    return who_answers(claim) if claim else []


def its_person(event: Happened) -> list[int]:
    claim = _claim(event)
    return [claim.person_id] if claim else []


def person_and_answerers(event: Happened) -> list[int]:
    """Those who answer hear of the last day, too: it is theirs to look at again."""
    claim = _claim(event)
    if claim is None:
        return []
    return [claim.person_id, *(who_answers(claim) if not event.data.get("days") else [])]


# -- words -------------------------------------------------------------------------------------------------------------
def claims_told(reader: Person, keys: Collection[str]) -> Mapping[str, Claim]:
    return by_key(seen_by(reader).filter(pk__in=keys).for_listing())


def asked(claim: Claim, _event: Happened, reader: Person) -> NoticeWords | None:
    if not claim.is_waiting or claim.person_id == reader.pk:
        return None
    title = _("%(person)s asks to be named as somebody who knows about %(topic)s") % _said(claim)
    return _words(claim, title, _("Somebody asks to be named as somebody who knows"), action=_("Look at it"))


def answered(claim: Claim, _event: Happened, reader: Person) -> NoticeWords | None:
    if claim.is_waiting or claim.person_id != reader.pk or claim.withdrawn_at:
        return None
    title = _("You are named as somebody who knows about %(topic)s") if claim.until else _("Not named for %(topic)s")
    return _words(claim, title % _said(claim), _("An answer to what you asked to be named for"), claim.reason)


def withdrawn(claim: Claim, _event: Happened, reader: Person) -> NoticeWords | None:
    if claim.person_id != reader.pk or not claim.withdrawn_at:
        return None
    title = _("You are no longer named for %(topic)s") % _said(claim)
    return _words(claim, title, _("You are no longer named for a topic"), claim.withdrawal)


def ends(claim: Claim, _event: Happened, reader: Person) -> NoticeWords | None:
    """As it stands when it is read: it may have been looked at since."""
    if not claim.can_be_renewed or claim.until is None or step_of(claim.until) is None:
        return None
    said = {**_said(claim), "day": date_format(claim.until, "j F Y")}
    if claim.person_id == reader.pk:
        title = _("You are named for %(topic)s until %(day)s") % said
        text = _("Then those who look after the community look at it again. You need do nothing.")
        return _words(claim, title, _("What you are named for is looked at again"), text)
    if claim.until > timezone.localdate():
        return None
    title = _("Does %(person)s still know about %(topic)s?") % said
    return _words(claim, title, _("Somebody who is named is to be looked at again"), action=_("Look at it"))


def _said(claim: Claim) -> dict[str, str]:
    return {"person": claim.person.name, "topic": claim.topic.name}


def _words(claim: Claim, title: str, subject: str, text: str = "", action: str = "") -> NoticeWords:
    about = claim.topic.name
    return NoticeWords(title, claim.get_absolute_url(), text, action or _("Read it"), about=about, subject=subject)


def _kind(name: str, label: Words, words: PutInWords, recipients: Recipients) -> NoticeKind:
    return NoticeKind(name, label, words=words, subjects=claims_told, recipients=recipients)


KINDS = (
    _kind(ASKED, gettext_lazy("Somebody asks to be named as knowing about a topic of my community"), asked, answerers),
    _kind(ANSWERED, gettext_lazy("I am named as knowing about a topic, or not"), answered, its_person),
    _kind(WITHDRAWN, gettext_lazy("I am no longer named as knowing about a topic"), withdrawn, its_person),
    _kind(ENDS, gettext_lazy("Who is named for a topic is looked at again"), ends, person_and_answerers),
)
