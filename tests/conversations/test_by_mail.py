"""A notice is answered from the mail program, by whoever it was sent to and by nobody else."""

import os
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.core import mail
from django.utils import timezone

from communities import services as memberships
from communities.models import FACILITATOR
from conversations import services
from conversations.choices import Level
from conversations.mail.reading import LARGEST
from conversations.mail.receiving import ReceivedAs, receive
from conversations.models import Conversation, IncomingMail, ReplyAddress
from conversations.models.mail import Came, Why
from conversations.moving import services as moving
from core.audiences import forget_tokens
from core.notices import Timing
from core.outbox import drain
from notifications.models import Preferences
from people.models import User
from tests.conversations.answering import answers_are_taken, found, letter, operated, proved, said, talk, waiting, where
from tests.conversations.saying import answered, begun
from tests.core.mail_server import mail_server
from tests.factories import CommunityFactory, make_member
from tests.notifications.mails import bring_what_waits, html, plain

__all__ = ["answers_are_taken", "talk"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answers_are_taken")]


# -- through the mail server ---------------------------------------------------------------------------------------
def test_an_answer_goes_from_the_mail_program_into_the_conversation(talk, asha, bryn, settings, monkeypatch):
    answered(talk, asha, "Is it four metres?")
    with mail_server(settings) as post:
        drain("notices")
        bring_what_waits()
        (notice,) = [one for one in post.taken if one["To"] == bryn.email]
    body = notice.get_body(("plain",)).get_content()
    quoted = "\n".join(f"> {line}" for line in body.splitlines())
    to = parseaddr(notice["Reply-To"])[1]
    made = letter(bryn.email, to, f"Five, I think.\n\nOn Tuesday the hub <{to}>\nwrote:\n{quoted}\n")
    with operated(monkeypatch, bryn.email) as line:
        assert [line.send(made), line.send(made)] == [["published"], ["came before"]]
    assert said(talk) == [("Asha", "Is it four metres?"), ("Bryn", "Five, I think.")]


def test_a_forged_word_of_the_server_is_ignored(talk, bryn, monkeypatch):
    forged = letter(bryn.email, where(talk, bryn), Authentication_Results=found(bryn.email))
    with operated(monkeypatch) as line:
        assert line.send(forged) == ["waiting"]
    assert said(talk) == []


def test_every_e_mail_of_a_conversation_says_where_it_is_answered(talk, asha, bryn):
    answered(talk, asha)
    drain("notices")
    (notice,) = [one for one in bring_what_waits() if one.to == [bryn.email]]
    assert parseaddr(notice.message()["Reply-To"])[1] == where(talk, bryn)
    assert plain(notice).startswith("##- ")
    assert "##- " in html(notice)


@pytest.mark.parametrize("off", ["REPLY_ADDRESS", "the right"])
def test_nobody_is_told_to_answer_where_nothing_is_taken(off, talk, asha, bryn, settings):
    answered(talk, asha)
    if off == "REPLY_ADDRESS":
        settings.REPLY_ADDRESS = ""
    else:
        services.close(talk, asha, "It is found.")
    drain("notices")
    for notice in bring_what_waits():
        assert (notice.message()["Reply-To"], "##-" in plain(notice)) == (None, False)
    assert ReplyAddress.objects.count() == 0


# -- who, with which proof, in which state -------------------------------------------------------------------------
def close(talk, asha, _bryn):
    services.close(talk, asha, "It is found.")


def leave(_talk, _asha, bryn):
    memberships.leave(bryn.memberships.get())


def withhold(talk, asha, _bryn):
    services.remove(talk.posts.get(), asha)


def merge(talk, asha, _bryn):
    moving.merge(talk, begun(talk.community, asha, title="Ladders"), asha, "The same.")


def lock(talk, asha, _bryn):
    Conversation.objects.filter(pk=talk.pk).update(locked_until=timezone.now() + timedelta(hours=1))


def move(talk, asha, _bryn):
    elsewhere = CommunityFactory(private=True)
    make_member(asha, elsewhere, FACILITATOR)
    forget_tokens(asha)
    moving.move(talk, elsewhere, asha, "There.")


def mute(talk, _asha, bryn):
    services.set_level(talk, bryn, Level.MUTE)


def never(_talk, _asha, bryn):
    Preferences.objects.create(person=bryn, addressed=Timing.NEVER)


def expire(_talk, _asha, _bryn):
    ReplyAddress.objects.update(until=timezone.now())


STATES = {
    "open": (lambda *_cast: None, None),
    "closed": (close, Why.CLOSED),
    "locked": (lock, Why.LOCKED),
    "left": (leave, Why.NO_RIGHT),
    "taken away": (withhold, Why.GONE),
    "merged": (merge, Why.MERGED),
    "moved": (move, Why.GONE),
    "muted": (mute, Why.STOPPED),
    "never": (never, Why.STOPPED),
    "too old": (expire, Why.EXPIRED),
}
PROOFS = {
    "proved": found,
    "failed": lambda sender: found(sender, "fail"),
    "of another server": lambda sender: found(sender, by="mx.elsewhere.example"),
    "of another domain": lambda sender: found("x@elsewhere.example"),
    "in a comment": lambda sender: f"mx.withermere.example; none (dmarc=pass header.from={sender.rpartition('@')[2]})",
    "nothing": lambda _sender: "",
}


@pytest.mark.parametrize("state", STATES)
def test_who_with_which_proof_in_which_state(state, talk, asha, bryn):
    to = where(talk, bryn)
    change, why = STATES[state]
    change(talk, asha, bryn)
    talk.refresh_from_db()
    for sender in (bryn.email, asha.email, "stranger@example.com"):
        for name, result in PROOFS.items():
            before = len(mail.outbox)
            text = f"{sender}, {name}"
            is_theirs = sender == bryn.email and name == "proved"
            made = letter(sender, to, text, Authentication_Results=result(sender)).as_bytes()
            came = Came.PUBLISHED if is_theirs and not why else Came.REFUSED if why else Came.WAITING
            assert receive(made, [to]) == came.value, text
            drain("letters about e-mails")
            letters = [one.to for one in mail.outbox[before:]]
            assert letters == ([[bryn.email]] if is_theirs and why else []), text
    row = IncomingMail.objects.get(text=f"{bryn.email}, proved")
    assert (row.came, row.why) == ((Came.REFUSED, why) if why else (Came.PUBLISHED, ""))
    assert said(talk) == ([] if why else [("Bryn", row.text)])


def test_two_results_of_the_server_must_agree(talk, bryn):
    made = letter(bryn.email, where(talk, bryn), Authentication_Results=found(bryn.email))
    made["Authentication-Results"] = found(bryn.email, "fail")
    assert receive(made.as_bytes()) == ReceivedAs.WAITING


@pytest.mark.parametrize("real", ["; dmarc=fail (", f"; dmarc=fail {'x' * 4000}", '; dmarc=fail "'])
def test_what_cannot_be_read_under_the_servers_name_proves_nothing(real, talk, bryn):
    made = letter(bryn.email, where(talk, bryn), Authentication_Results=f"mx.withermere.example{real}")
    made["Authentication-Results"] = found(bryn.email)
    assert receive(made.as_bytes()) == ReceivedAs.WAITING


@pytest.mark.parametrize("written", ["{0}, x@example.com", "x@example.com <{0}>", "{0} (x@example.com)", '"a" {0}'])
def test_a_sender_that_can_be_read_in_two_ways_is_not_proved(written, talk, bryn):
    made = proved(bryn.email, where(talk, bryn)).replace(
        f"From: {bryn.email}".encode(), f"From: {written.format(bryn.email)}".encode()
    )
    assert receive(made) == ReceivedAs.WAITING


def other(address: str) -> str:
    """With another last letter of the signature."""
    number, _at, domain = address.partition("@")
    return f"{number[:-1]}{'1' if number[-1] == '0' else '0'}@{domain}"


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        (str.upper, ReceivedAs.PUBLISHED),
        (lambda address: address.replace("+", "+x"), ReceivedAs.REFUSED),
        (other, ReceivedAs.REFUSED),
    ],
    ids=["in capitals", "longer", "signed otherwise"],
)
def test_an_address_is_the_hubs_or_none(change, taken, talk, bryn):
    """Whoever is proved to have written to none hears what to do."""
    to = change(where(talk, bryn))
    assert receive(proved(bryn.email, to), [to]) == taken


# -- loops and floods ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"List_Id": "<list.example.org>"},
        {"List_Unsubscribe": "<https://example.org/>"},
        {"From": "MAILER-DAEMON@example.org"},
    ],
    ids=str,
)
def test_what_a_program_wrote_is_ignored(headers, talk, bryn):
    assert receive(proved(bryn.email, where(talk, bryn), **headers)) == ReceivedAs.IGNORED
    assert not IncomingMail.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Auto_Response_Suppress": "DR, OOF"},
        {"Subject": "Automatic reply: An answer"},
        {"Subject": "Abwesenheitsnotiz: An answer"},
        {"Subject": "=?utf-8?Q?R=C3=A9ponse_automatique_:_An_answer?="},
    ],
)
def test_what_may_be_by_a_program_waits_and_is_answered_by_no_e_mail(headers, talk, bryn):
    """Exchange marks what people write so, too."""
    assert receive(proved(bryn.email, where(talk, bryn), **headers)) == ReceivedAs.WAITING
    assert receive(proved(bryn.email, "hub@withermere.example", **headers)) == ReceivedAs.REFUSED
    drain("notices")
    drain("letters about e-mails")
    assert (bring_what_waits(), mail.outbox) == ([], [])
    assert waiting(bryn).why == Why.BY_MACHINE


def test_an_e_mail_of_the_hub_that_comes_back_to_it_is_ignored(talk, asha, bryn):
    answered(talk, asha)
    drain("notices")
    (notice,) = [one for one in bring_what_waits() if one.to == [bryn.email]]
    assert receive(notice.message().as_bytes(), [where(talk, bryn)]) == ReceivedAs.IGNORED


def test_too_many_wait_at_the_mail_server(talk, bryn, settings, monkeypatch):
    settings.LIMITS = {**settings.LIMITS, "mails_in": "2/h"}
    to = where(talk, bryn)
    assert [receive(proved(bryn.email, to, text)) for text in "ab"] == [ReceivedAs.PUBLISHED] * 2
    with operated(monkeypatch, bryn.email) as line, pytest.raises(SystemExit) as told:
        line.send(letter(bryn.email, to, "c"))
    assert (told.value.code, len(said(talk))) == (os.EX_TEMPFAIL, 2)


def test_of_one_that_is_too_large_its_author_sees_the_beginning(talk, bryn):
    made = letter(bryn.email, where(talk, bryn), "See the plan.", Authentication_Results=found(bryn.email))
    made.add_attachment(b"x" * LARGEST, maintype="application", subtype="pdf", filename="plan.pdf")
    receive(made.as_bytes())
    assert (waiting(bryn).text, waiting(bryn).why) == ("See the plan.", Why.TOO_LARGE)


def test_what_only_outlook_reads_waits_with_what_to_do(talk, bryn):
    made = letter(bryn.email, where(talk, bryn), " ", Authentication_Results=found(bryn.email))
    made.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert (receive(made.as_bytes()), waiting(bryn).why) == (ReceivedAs.WAITING, Why.SEALED)


@pytest.mark.parametrize("gone", ["switched off", "deleted"])
def test_whoever_is_gone_is_not_written_to(gone, talk, bryn):
    to, sender = where(talk, bryn), bryn.email
    if gone == "deleted":
        bryn.delete()
    else:
        User.objects.filter(pk=bryn.pk).update(is_active=False)
    assert receive(proved(sender, to), [to]) == ReceivedAs.IGNORED
