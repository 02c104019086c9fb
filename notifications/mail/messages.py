"""One e-mail, in plain text and in HTML, with what mail programs want to know of it."""

from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import formataddr
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext as _, ngettext

from core.answer_line import answer_line
from core.branding import branding
from core.hub_address import hub_root
from core.mail import HubMail
from core.message_ids import host, matter_id, message_id
from core.notices import REPLY_ADDRESSES, Timing
from core.text import one_line
from notifications.letters import Letter
from notifications.mail import stopping
from notifications.mail.contents import Contents, Item
from people.models import User

LONGEST_SUBJECT = 120  # letters


def message(letter: Letter, reader: User, contents: Contents, *, can_be_stopped: bool = True) -> HubMail:
    """Called with the reader's language and time zone. Nothing in it tells anybody that it was opened."""
    root = hub_root()
    hub = branding()
    said = subject(letter, contents)
    stop_url = root + reverse("mails:stop", args=[stopping.signed(reader, Timing(letter.timing))])
    answered_at = reply_to(letter, reader, contents)
    context: dict[str, Any] = {
        "answer_line": answer_line() if answered_at else "",
        "reader": reader,
        "letter": letter,
        "contents": contents,
        "subject": said,
        "intro": intro(letter),
        "root": root,
        "inbox_url": root + reverse("notifications:inbox"),
        "settings_url": root + reverse("notifications:settings"),
        "stop_url": stop_url if can_be_stopped else "",
        "hub": hub,
        "is_digest": letter.timing != Timing.AT_ONCE,
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    headers = headers_of(letter, reader, contents)
    if can_be_stopped:
        headers |= {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    if answered_at:
        headers["Reply-To"] = formataddr((hub.name, answered_at))
    plain = render_to_string("notifications/email/mail.txt", context)
    made = HubMail(f"{hub.name}: {said}", plain, to=[str(reader.email)], headers=headers)
    made.attach_alternative(render_to_string("notifications/email/mail.html", context), "text/html")
    if letter.timing == Timing.AT_ONCE:
        attach(made, contents, root)
    return made


def reply_to(letter: Letter, reader: User, contents: Contents) -> str:
    """Where its reader answers with the mail program: only what tells of one thing is answered in one place."""
    if letter.timing != Timing.AT_ONCE or len(contents.matters) != 1 or contents.more:
        return ""
    item = contents.items[0]
    return next((address for ask in REPLY_ADDRESSES if (address := ask(item.told.thing, reader))), "")


def attach(made: HubMail, contents: Contents, root: str) -> None:
    """The newest of each name: a session that moved twice has one entry."""
    files = {file.name: file for item in reversed(contents.items) if (file := item.attachment(root))}
    for file in files.values():
        main, _slash, sub = file.kind.partition("/")
        part = MIMEBase(main, sub.partition(";")[0])
        for parameter in sub.split(";")[1:]:
            name, _equals, value = parameter.strip().partition("=")
            part.set_param(name, value)
        part.set_param("charset", "utf-8")
        part.set_payload(file.content)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=file.name)
        made.attach(part)


def headers_of(letter: Letter, reader: User, contents: Contents) -> dict[str, str]:
    """E-mails of one matter refer to the same id, and those of one kind are of one list."""
    name = "for-you" if letter.timing == Timing.AT_ONCE else "digest"
    headers = {
        "Message-ID": message_id(f"{reader.pk} {letter.window}", str(reader.email)),
        "List-Id": f"{_phrase(one_line(branding().name))} <{name}.{host()}>",
    }
    if len(contents.matters) == 1:
        (matter,) = contents.matters
        headers["References"] = headers["In-Reply-To"] = matter_id(matter)
    return headers


def _phrase(words: str) -> str:
    """As it stands before the angle brackets of a header: only the words are encoded or quoted, not what follows."""
    return formataddr((words, "nobody@localhost")).rpartition(" ")[0]


def subject(letter: Letter, contents: Contents) -> str:
    """What it is about, as far as whoever passes the screen may read it."""
    items = contents.items
    if letter.timing != Timing.AT_ONCE:
        said = ngettext("%(n)s new thing", "%(n)s new things", contents.total) % {"n": contents.total}
        if letter.timing == Timing.WEEKLY:
            return _("Your week: %(news)s") % {"news": said}
        return _("Your day: %(news)s") % {"news": said}
    if len(items) == 1 and not contents.more:
        return _short(items[0])
    if len(contents.matters) == 1:
        return _("%(newest)s, and %(n)s more") % {"newest": _short(items[0]), "n": contents.total - 1}
    return ngettext("%(n)s thing for you", "%(n)s things for you", contents.total) % {"n": contents.total}


def _short(item: Item) -> str:
    said = one_line(item.subject)
    return said if len(said) <= LONGEST_SUBJECT else f"{said[: LONGEST_SUBJECT - 1].rstrip()}…"


def intro(letter: Letter) -> str:
    if letter.timing == Timing.WEEKLY:
        return _("This is what was new for you since the last weekly e-mail.")
    if letter.timing == Timing.DAILY:
        return _("This is what was new for you since the last daily e-mail.")
    return _("This concerns you.")
