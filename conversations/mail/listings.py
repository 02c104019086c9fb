"""What pages show of somebody's e-mails."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.overview.lines import AccountLine
from conversations.mail.addresses import is_on
from conversations.mail.deciding import why_not
from conversations.models import Conversation, IncomingMail
from conversations.models.mail import Came, Why
from people.models import User
from people.requests import SignedInRequest


def mails_of(person: User) -> QuerySet[Any]:
    """Those that came to their addresses, the newest first. What they threw away is shown no more."""
    mine = IncomingMail.objects.filter(person=person).exclude(came="thrown away")
    return mine.select_related("person", "post__conversation")


def shown_conversation(row: IncomingMail) -> Conversation | None:
    """The conversation that it is for, as long as its author may read it."""
    shown: Conversation | None = Conversation.objects.within_reach_of(row.person).filter(pk=row.conversation_id).first()
    return shown


def why_not_now(row: IncomingMail) -> Why | None:
    """Why it cannot be published as things stand now, whatever was so when it came."""
    return why_not(row.conversation, row.person) if row.is_open and row.conversation else None


def answer_url(row: IncomingMail) -> str:
    """Where it stands as a post, as long as its author may read that."""
    post, shown = row.post, Conversation.objects.within_reach_of(row.person)
    return post.get_absolute_url() if post and shown.filter(pk=post.conversation_id).exists() else ""


def by_mail_line(request: SignedInRequest) -> AccountLine | None:
    """On one's account: what waits of it, and where the addresses for answers end."""
    mine = mails_of(request.user).order_by().aggregate(all=Count("pk"), waits=Count("pk", filter=Q(came=Came.WAITING)))
    if not (is_on() or mine["all"]):
        return None
    said = _("Nothing waits for you.")
    if waits := mine["waits"]:
        said = ngettext("%(n)s e-mail waits for one press.", "%(n)s e-mails wait for one press each.", waits)
    return AccountLine(
        gettext_lazy("Answers by e-mail"),
        said % {"n": mine["waits"]},
        reverse("conversations:mails"),
        gettext_lazy("Look"),
        bool(waits),
    )
