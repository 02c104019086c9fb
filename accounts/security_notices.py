"""What somebody reads in their inbox about the safety of their account.

The e-mail about the same goes out by itself, at once and with no queue between (``send_account_notice`` of
``people.adapters``), so that nobody can switch it off; that is why these kinds ask for none. Where the mail server took
none, whatever it was about is a notice of its own, which waits for the server as all others do.
"""

from collections.abc import Collection, Mapping

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.audiences import Person
from core.branding import branding
from core.notices import Happened, NoticeKind, NoticeWords, add_notice_kind
from core.outbox import emit
from core.text import Words
from people.adapters import NOT_SENT
from people.models import User

NEW_DEVICE = "accounts.new_device"
HELP_ASKED = "accounts.factor_help_asked"
TAKEN_OFF = "accounts.factor_taken_off"
JOINED = "accounts.sign_on_joined"
LABELS: dict[str, Words] = {
    NEW_DEVICE: gettext_lazy("You signed in from somewhere new"),
    HELP_ASKED: gettext_lazy("Somebody helps you with your second factor"),
    TAKEN_OFF: gettext_lazy("Your second factor was taken off"),
    JOINED: gettext_lazy("Single sign-on was joined to your account"),
}


def tell(kind: str, person: User, by: User | None = None) -> None:
    emit(kind, person, actor=by)


def themselves(event: Happened) -> list[int]:
    return [int(event.subject_pk)]


def own_account(reader: Person, keys: Collection[str]) -> Mapping[str, Person]:
    """Nobody reads of another's account."""
    return {str(reader.pk): reader} if str(reader.pk) in keys else {}


def in_words(_account: Person, event: Happened, _reader: Person) -> NoticeWords:
    """What happened, and where to look; what to do where it was not them stands in the e-mail, too."""
    if event.kind == NEW_DEVICE:
        return NoticeWords(
            str(LABELS[NEW_DEVICE]),
            reverse("account_sessions"),
            _("Was it not you? Sign that device out, and choose a new password."),
            _("See where you are signed in"),
        )
    said = {
        HELP_ASKED: _(
            "It is taken off once somebody else of the hub’s team confirms it. Was it not you? Write to them."
        ),
        TAKEN_OFF: _("Your password alone lets you in. Set up another one."),
        JOINED: _("You can sign in with your organisation, too. Was it not you? Write to the hub’s team."),
    }
    where = "account_overview" if event.kind == JOINED else "mfa_index"
    return NoticeWords(str(LABELS[event.kind]), reverse(where), said[event.kind], _("Account and security"))


def late_word(_account: Person, event: Happened, _reader: Person) -> NoticeWords | None:
    """What an e-mail was about that no mail server took, by its own subject."""
    about = str(event.data.get("about", ""))
    try:
        said = render_to_string(f"{about}_subject.txt").strip()
    except TemplateDoesNotExist:
        return None  # of a version that wrote other e-mails
    text = _("The e-mail could not be sent at once. Was it not you? Choose a new password, and write to %(to)s.")
    return NoticeWords(
        said, reverse("account_overview"), text % {"to": branding().contact.email}, _("Account and security")
    )


def contribute() -> None:
    for name, label in LABELS.items():
        kind = NoticeKind(
            *(name, label, in_words, own_account),
            recipients=themselves,
            is_security=True,
            is_mailed_apart=True,
            tells_actor=True,
        )
        add_notice_kind(kind)
    add_notice_kind(
        NoticeKind(
            NOT_SENT,
            gettext_lazy("What changed about your account, where its e-mail could not be sent at once"),
            *(late_word, own_account),
            recipients=themselves,
            is_security=True,
            tells_actor=True,
        )
    )
