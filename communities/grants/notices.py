"""What happens to grants, told to those who look after the community, and to the hub team, which decides."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _, gettext_lazy

from communities.choices import Capability, GrantState
from communities.models import Grant
from communities.rights import communities_where, memberships_with
from core.audiences import Person
from core.notices import Happened, NoticeKind, NoticeWords, PutInWords, Recipients, by_key
from core.outbox import emit
from core.text import Words
from people.models import User

ASKED, DECIDED = "communities.grant_asked", "communities.grant_decided"
EXTENDED, WITHDRAWN = "communities.grant_extended", "communities.grant_withdrawn"


def tell(kind: str, grant: Grant, by: User) -> None:
    emit(kind, grant, actor=by, data={"community": grant.community_id})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def hub_team(_event: Happened) -> list[int]:
    return list(User.objects.here().filter(is_superuser=True).values_list("pk", flat=True))


def stewards(event: Happened) -> list[int]:
    """Those who look after the community."""
    looking_after = memberships_with(Capability.MANAGE_MEMBERS).filter(community=event.data["community"])
    return list(looking_after.filter(person__is_active=True).values_list("person_id", flat=True).distinct())


def everybody_concerned(event: Happened) -> list[int]:
    return sorted({*stewards(event), *hub_team(event)})


def matter(event: Happened) -> str:
    """Everything about one grant stands together."""
    return event.subject


# -- words -------------------------------------------------------------------------------------------------------------
def grants_told(reader: Person, keys: Collection[str]) -> Mapping[str, Grant]:
    """Those of communities that the reader looks after; all of them for the hub team."""
    mine = communities_where(reader, Capability.MANAGE_MEMBERS).filter(live=True)
    return by_key(Grant.objects.filter(pk__in=keys, community__in=mine).select_related("community", "asked_by"))


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


def _words(grant: Grant, title: str, subject: str, text: str = "", action: str = "") -> NoticeWords:
    url = grant.get_absolute_url()
    return NoticeWords(title, url, text, action or _("Read it"), about=grant.community.title, subject=subject)


def _kind(name: str, label: Words, words: PutInWords, recipients: Recipients) -> NoticeKind:
    return NoticeKind(name, label, words=words, subjects=grants_told, recipients=recipients, matter=matter)


KINDS = (
    _kind(ASKED, gettext_lazy("A community asks for a grant"), asked, hub_team),
    _kind(DECIDED, gettext_lazy("My community is granted something, or is refused it"), decided, stewards),
    _kind(EXTENDED, gettext_lazy("A grant of my community goes on for longer"), extended, stewards),
    _kind(WITHDRAWN, gettext_lazy("A grant is withdrawn"), withdrawn, everybody_concerned),
)
