"""What happens to memberships, told to whom it concerns."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import Membership, State
from core.audiences import Person, may_see
from core.editors import is_hub_team
from core.notices import Happened, NoticeKind, NoticeWords, PutInWords, Recipients, by_key
from core.outbox import emit, subject_of
from core.text import Words
from core.versions import changed_for
from people.away import stand_ins_by_person, stand_ins_of, stands_in_for
from people.models import User

INVITED = "communities.invited"
REMOVED = "communities.removed"
APPOINTED = "communities.appointed"
ASKED = "communities.asked"
ANSWERED = "communities.answered"
LET_IN = "communities.let_in"
STOOD_DOWN = "communities.stood_down"
NEW_FACILITATOR = "communities.new_facilitator"


# -- events ------------------------------------------------------------------------------------------------------------
def tell_invited(membership: Membership) -> None:
    """Somebody is asked to join."""
    emit(INVITED, membership, actor=membership.invited_by, data=where(membership))


def tell_removed(membership: Membership, by: User | None = None) -> None:
    """Somebody's membership was ended by others, and they read why."""
    emit(REMOVED, membership, actor=by, data=where(membership))


def tell_appointed(membership: Membership) -> None:
    """Somebody was made a facilitator by the organisation."""
    emit(APPOINTED, membership, data=where(membership))


def tell_asked(membership: Membership) -> None:
    """Somebody asks to join."""
    emit(ASKED, membership, actor=membership.person, data=where(membership))


def tell_answered(membership: Membership, by: User, *, is_declined: bool) -> None:
    """Somebody who asked was let in, put on the waiting list or declined."""
    emit(ANSWERED, membership, actor=by, data={**where(membership), "is_declined": is_declined})


def tell_let_in(membership: Membership) -> None:
    """A place became free for somebody who waited."""
    emit(LET_IN, membership, data=where(membership))


def tell_stood_down(membership: Membership, by: User) -> None:
    """Somebody is a facilitator no longer."""
    emit(STOOD_DOWN, membership, actor=by, data=where(membership))


def tell_made_facilitator(membership: Membership, by: User) -> None:
    """Somebody was made a facilitator by another one, or by the hub team."""
    if membership.person_id != by.pk:
        tell_appointed(membership)
    tell_new_facilitator(membership, by)


def tell_new_facilitator(membership: Membership, by: User) -> None:
    """The others who look after a community hear who looks after it with them."""
    emit(NEW_FACILITATOR, membership, actor=by, data=where(membership))


def request_settled(membership: Membership) -> None:
    """A request waits for nobody any more. Those who are no members of the community would count it for minutes."""
    changed_for(_who_answers([membership.community_id]))


def where(membership: Membership) -> dict[str, int]:
    return {"community": membership.community_id, "person": membership.person_id}


# -- whom it concerns --------------------------------------------------------------------------------------------------
def its_person(event: Happened) -> list[int]:
    """Whose membership it is."""
    return list(Membership.objects.filter(pk=event.subject_pk).values_list("person_id", flat=True))


def who_answers(event: Happened) -> list[int]:
    """Whoever answers the request that this is about."""
    return _who_answers(Membership.objects.filter(pk=event.subject_pk).values_list("community_id", flat=True))


def _who_answers(communities: Iterable[int]) -> list[int]:
    """The facilitators, and whoever stands in for those who are away; the hub team where there are none."""
    answering = Membership.objects.stewards().filter(community__in=communities, person__is_active=True)
    people = list(answering.values_list("person_id", flat=True))
    if people:
        return [*people, *stand_ins_of(people)]
    return list(User.objects.here().filter(is_superuser=True).values_list("pk", flat=True))


def stand_ins_who_answer() -> dict[str, set[int]]:
    """Whoever stands in by now for those who answer, by request. They see it where they may see the community."""
    instead = stand_ins_by_person()
    if not instead:
        return {}
    answering: defaultdict[int, set[int]] = defaultdict(set)
    stewards = Membership.objects.stewards().filter(person__in=instead)
    for community, person in stewards.values_list("community_id", "person_id"):
        answering[community].add(instead[person])
    waiting = Membership.objects.filter(state=State.ASKED, community__in=answering)
    return {subject_of(asked): answering[asked.community_id] for asked in waiting.only("community_id")}


def other_facilitators(event: Happened) -> list[int]:
    """Those who look after the community beside the person themselves."""
    others = Membership.objects.stewards().filter(community=event.data["community"])
    return list(others.exclude(pk=event.subject_pk).values_list("person_id", flat=True))


def its_community(event: Happened) -> str:
    """What stands together: everything about memberships of one community."""
    known = event.data.get("community")
    return f"communities.communitypage:{known}" if known else event.subject


# -- words -------------------------------------------------------------------------------------------------------------
def memberships_told(reader: Person, keys: Collection[str]) -> Mapping[str, Membership]:
    """The reader's own, those of communities that they look after, requests where they stand in for whoever does, and
    for the hub team those that nobody answers, as far as they may see the community. The row of a community that is not
    live is a draft: of it nothing is told but that somebody was removed, under the name that they knew.
    """
    looking_after = Membership.objects.stewards().filter(community=OuterRef("community"))
    is_told = Q(community__live=True) | Q(state=State.ENDED)
    rows = Membership.objects.filter(is_told, pk__in=keys).select_related("person", "community", "invited_by")
    rows = rows.annotate(
        is_mine_to_answer=Exists(looking_after.filter(person=reader.pk)),
        is_stood_in=Exists(looking_after.filter(person__in=stands_in_for(reader.pk))),
        is_looked_after=Exists(looking_after),
    )
    return by_key(row for row in rows if row.person_id == reader.pk or _answers(reader, row))


def _answers(reader: Person, row: Membership) -> bool:
    if getattr(row, "is_mine_to_answer", False):
        return True
    if getattr(row, "is_stood_in", False) and row.state == State.ASKED:
        return may_see(reader, row.community)
    return is_hub_team(reader) and not getattr(row, "is_looked_after", False) and may_see(reader, row.community)


def asked(membership: Membership, event: Happened, reader: Person) -> NoticeWords | None:
    if membership.state != State.ASKED or membership.person_id == reader.pk:
        return None
    is_theirs = getattr(membership, "is_mine_to_answer", False) or getattr(membership, "is_stood_in", False)
    page = "members" if is_theirs else "facilitators"
    return NoticeWords(
        _("%(person)s asks to join") % {"person": membership.person},
        reverse(f"communities:{page}", args=[membership.community.slug]),
        text=membership.note,
        action=_("Answer"),
        about=membership.community.title,
        subject=_("Somebody asks to join a community"),
    )


def answered(membership: Membership, event: Happened, reader: Person) -> NoticeWords | None:
    """The answer, with the word that came with it, as long as it holds and they may see the community. Whoever was
    invited to one that they may not see reads a no all the same, under the name that the invitation had.
    """
    community, state = membership.community, State(membership.state)
    if membership.person_id != reader.pk:
        return None
    if not (community.live and may_see(reader, community)):
        return _declined_unseen(membership, event)
    holds = {State.ENDED} if event.data.get("is_declined") else {State.ACTIVE, State.WAITING}
    if state not in holds or membership.reason:
        return None
    said = {State.ENDED: _("You were not let in"), State.WAITING: _("You are on the waiting list")}
    title = said.get(state, _("You were let in, and are a member now"))
    return _own(membership, title, "", _("Your request to join was answered"), text=membership.answer)


def _declined_unseen(membership: Membership, event: Happened) -> NoticeWords | None:
    is_told = event.data.get("is_declined") and membership.state == State.ENDED and not membership.reason
    if not (is_told and membership.known_as):
        return None
    return NoticeWords(
        _("You were not let in"),
        "/communities/",
        membership.answer,
        _("See other communities"),
        about=membership.known_as,
        subject=_("Your request to join was answered"),
    )


def let_in(membership: Membership, event: Happened, reader: Person) -> NoticeWords | None:
    if not membership.is_active or membership.person_id != reader.pk:
        return None
    return _own(membership, _("A place was free, and you are a member now"), "", _("A place was free for you"))


def invited(membership: Membership, event: Happened, reader: Person) -> NoticeWords | None:
    if membership.state != State.INVITED or membership.has_expired or membership.person_id != reader.pk:
        return None
    return NoticeWords(
        _("%(who)s invites you to join") % {"who": membership.invited_by or _("A facilitator")},
        reverse("communities:invitation", args=[membership.community.slug]),
        text=membership.community.purpose,
        action=_("Say yes or no"),
        about=membership.community.title,
        subject=_("You are invited to a community"),
    )


def removed(membership: Membership, event: Happened, reader: Person) -> NoticeWords | None:
    if membership.person_id != reader.pk or not membership.reason:
        return None
    return NoticeWords(
        _("You are no longer a member"),
        reverse("communities:removed", args=[membership.pk]),
        text=membership.reason,
        action=_("Read it on the hub"),
        about=membership.ended_name,
        subject=_("You are no longer a member of a community"),
    )


def appointed(membership: Membership, event: Happened, reader: Person) -> NoticeWords | None:
    if not membership.is_steward or membership.person_id != reader.pk:
        return None
    url = reverse("communities:members", args=[membership.community.slug])
    return _own(membership, _("You look after this community now"), url, _("You look after a community"))


def stood_down(membership: Membership, event: Happened, reader: Person) -> NoticeWords | None:
    if not membership.is_active or membership.is_steward or membership.person_id != reader.pk:
        return None
    said = _("You are no longer a facilitator, and still a member")
    return _own(membership, said, "", _("You are no longer a facilitator"))


def new_facilitator(membership: Membership, event: Happened, reader: Person) -> NoticeWords | None:
    if not membership.is_steward or membership.person_id == reader.pk:
        return None
    words = _("%(by)s made %(person)s a facilitator") % {"by": event.by or _("Somebody"), "person": membership.person}
    url = reverse("communities:members", args=[membership.community.slug])
    return _own(membership, words, url, _("Somebody new looks after a community with you"))


def _own(membership: Membership, title: str, url: str, subject: str, text: str = "") -> NoticeWords:
    community = membership.community
    action = _("See its members") if url else _("See the community")
    return NoticeWords(title, url or community.url, text, action, about=community.title, subject=subject)


def _kind(name: str, label: Words, words: PutInWords, recipients: Recipients = its_person) -> NoticeKind:
    later = stand_ins_who_answer if name == ASKED else None
    return NoticeKind(
        name,
        label,
        words=words,
        subjects=memberships_told,
        recipients=recipients,
        matter=its_community,
        later=later,
    )


KINDS = (
    _kind(ASKED, gettext_lazy("Somebody asks to join a community that you look after"), asked, who_answers),
    _kind(ANSWERED, gettext_lazy("Your request to join is answered"), answered),
    _kind(INVITED, gettext_lazy("Somebody invites you to a community"), invited),
    _kind(LET_IN, gettext_lazy("A place is free for you"), let_in),
    _kind(APPOINTED, gettext_lazy("You are made a facilitator"), appointed),
    _kind(STOOD_DOWN, gettext_lazy("You are no longer a facilitator"), stood_down),
    _kind(REMOVED, gettext_lazy("Your membership is ended by others"), removed),
    _kind(
        NEW_FACILITATOR,
        gettext_lazy("Somebody new looks after a community with you"),
        new_facilitator,
        other_facilitators,
    ),
)
