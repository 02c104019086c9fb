"""A notice is answered from the mail program, by whoever it was sent to and by nobody else."""

import os
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import services as memberships
from conversations import services
from conversations.choices import Kind, Level
from conversations.mail import services as mails
from conversations.mail.addresses import address_of, reply_address, written
from conversations.mail.reading import LARGEST
from conversations.mail.receiving import Taken, receive
from conversations.models import Conversation, IncomingMail, Promise, ReplyAddress
from conversations.models.mail import Came, Why
from conversations.moving import services as moving
from core.notices import Timing
from core.outbox import drain
from notifications.models import Preferences
from people.models import User
from tests.conftest import browse
from tests.conversations.answering import answers_are_taken, found, letter, operated, proved
from tests.conversations.saying import answered, begun
from tests.core.mail_server import mail_server
from tests.notifications.mails import bring_what_waits, html, plain

__all__ = ["answers_are_taken"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answers_are_taken")]


@pytest.fixture
def talk(community, asha, bryn) -> Conversation:
    """Asha began it, and Bryn follows it."""
    conversation = begun(community, asha)
    services.set_level(conversation, bryn, Level.FOLLOW)
    return conversation


def where(conversation: Conversation, person: User) -> str:
    """The address that their e-mails about it name."""
    return written(address_of(conversation, person))


def said(conversation: Conversation) -> list[tuple[str, str]]:
    return [(post.author.short_name, post.text) for post in conversation.posts.after(1).order_by("number")]


def waiting(person: User) -> IncomingMail:
    return IncomingMail.objects.get(person=person, came=Came.WAITING)


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
    assert receive(made.as_bytes()) == Taken.WAITING


@pytest.mark.parametrize("real", ["; dmarc=fail (", f"; dmarc=fail {'x' * 4000}", '; dmarc=fail "'])
def test_what_cannot_be_read_under_the_servers_name_proves_nothing(real, talk, bryn):
    made = letter(bryn.email, where(talk, bryn), Authentication_Results=f"mx.withermere.example{real}")
    made["Authentication-Results"] = found(bryn.email)
    assert receive(made.as_bytes()) == Taken.WAITING


@pytest.mark.parametrize("written", ["{0}, x@example.com", "x@example.com <{0}>", "{0} (x@example.com)", '"a" {0}'])
def test_a_sender_that_can_be_read_in_two_ways_is_not_proved(written, talk, bryn):
    made = proved(bryn.email, where(talk, bryn)).replace(
        f"From: {bryn.email}".encode(), f"From: {written.format(bryn.email)}".encode()
    )
    assert receive(made) == Taken.WAITING


def other(address: str) -> str:
    """With another last letter of the signature."""
    number, _at, domain = address.partition("@")
    return f"{number[:-1]}{'1' if number[-1] == '0' else '0'}@{domain}"


@pytest.mark.parametrize(
    ("change", "taken"),
    [(str.upper, Taken.PUBLISHED), (lambda address: address.replace("+", "+x"), Taken.REFUSED), (other, Taken.REFUSED)],
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
    ],
    ids=str,
)
def test_what_a_program_wrote_is_ignored(headers, talk, bryn):
    assert receive(proved(bryn.email, where(talk, bryn), **headers)) == Taken.IGNORED
    assert not IncomingMail.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"X_Auto_Response_Suppress": "DR, OOF"}, {"Subject": "Automatic reply: An answer"}]
)
def test_what_may_be_by_a_program_waits_and_is_answered_by_no_e_mail(headers, talk, bryn):
    """Exchange marks what people write so, too."""
    assert receive(proved(bryn.email, where(talk, bryn), **headers)) == Taken.WAITING
    assert receive(proved(bryn.email, "hub@withermere.example", **headers)) == Taken.REFUSED
    drain("notices")
    drain("letters about e-mails")
    assert (bring_what_waits(), mail.outbox) == ([], [])
    assert waiting(bryn).why == Why.BY_MACHINE


def test_an_e_mail_of_the_hub_that_comes_back_to_it_is_ignored(talk, asha, bryn):
    answered(talk, asha)
    drain("notices")
    (notice,) = [one for one in bring_what_waits() if one.to == [bryn.email]]
    assert receive(notice.message().as_bytes(), [where(talk, bryn)]) == Taken.IGNORED


def test_too_many_wait_at_the_mail_server(talk, bryn, settings, monkeypatch):
    settings.LIMITS = {**settings.LIMITS, "mails_in": "2/h"}
    to = where(talk, bryn)
    assert [receive(proved(bryn.email, to, text)) for text in "ab"] == [Taken.PUBLISHED] * 2
    with operated(monkeypatch, bryn.email) as line, pytest.raises(SystemExit) as told:
        line.send(letter(bryn.email, to, "c"))
    assert (told.value.code, len(said(talk))) == (os.EX_TEMPFAIL, 2)


def test_of_one_that_is_too_large_its_author_sees_the_beginning(talk, bryn):
    made = letter(bryn.email, where(talk, bryn), "See the plan.", Authentication_Results=found(bryn.email))
    made.add_attachment(b"x" * LARGEST, maintype="application", subtype="pdf", filename="plan.pdf")
    receive(made.as_bytes())
    assert (waiting(bryn).text, waiting(bryn).why) == ("See the plan.", Why.TOO_LARGE)


@pytest.mark.parametrize("gone", ["switched off", "deleted"])
def test_whoever_is_gone_is_not_written_to(gone, talk, bryn):
    to, sender = where(talk, bryn), bryn.email
    if gone == "deleted":
        bryn.delete()
    else:
        User.objects.filter(pk=bryn.pk).update(is_active=False)
    assert receive(proved(sender, to), [to]) == Taken.IGNORED


# -- what waits ----------------------------------------------------------------------------------------------------
def test_one_press_publishes_what_waits_and_nobody_else_sees_it(talk, asha, bryn):
    receive(letter(bryn.email, where(talk, bryn), "I have one.").as_bytes())
    url = waiting(bryn).get_absolute_url()
    assert browse(asha).get(url).status_code == 404
    page = browse(bryn).get(url)
    assert page.context["form"]["text"].value() == "I have one."
    browse(bryn).post(url, {"text": "I have two.", "deed": "publish"})
    browse(bryn).post(url, {"text": "I have two.", "deed": "publish"})
    assert said(talk) == [("Bryn", "I have two.")]


def test_what_was_thrown_away_is_gone_and_does_not_come_again(talk, bryn):
    made = letter(bryn.email, where(talk, bryn), "Oh no.").as_bytes()
    receive(made)
    browse(bryn).post(waiting(bryn).get_absolute_url(), {"deed": "throw_away"})
    row = IncomingMail.objects.get()
    assert (row.text, row.whole, receive(made)) == ("", "", Taken.AGAIN)


def test_what_waited_until_the_conversation_was_closed_keeps_its_words(talk, asha, bryn):
    receive(letter(bryn.email, where(talk, bryn)).as_bytes())
    row = waiting(bryn)
    services.close(talk, asha, "It is found.")
    page = browse(bryn).post(row.get_absolute_url(), {"text": "Mine all the same", "deed": "publish"})
    assert (page.status_code, page.context["form"]["text"].value()) == (409, "Mine all the same")
    assert said(talk) == []


def test_its_author_is_told_what_waits(talk, bryn):
    receive(letter(bryn.email, where(talk, bryn)).as_bytes())
    drain("notices")
    (notice,) = bring_what_waits()
    assert (notice.to, waiting(bryn).get_absolute_url() in plain(notice)) == ([bryn.email], True)


def test_addresses_end_when_their_owner_says_so(talk, bryn):
    to = where(talk, bryn)
    browse(bryn).post("/conversations/by-mail/")
    assert receive(letter(bryn.email, to).as_bytes(), [to]) == Taken.IGNORED
    assert reply_address(talk, bryn) not in {"", to}


# -- letters that help ---------------------------------------------------------------------------------------------
def test_a_refusal_says_why_and_gives_the_words_back(talk, asha, bryn):
    to = where(talk, bryn)
    services.close(talk, asha, "It is found.")
    receive(proved(bryn.email, to, "Take mine, it is longer."))
    drain("letters about e-mails")
    made = mail.outbox[-1]
    assert "> Take mine, it is longer." in plain(made)
    assert talk.url in plain(made)
    assert made.message()["Auto-Submitted"] == "auto-replied"
    assert receive(made.message().as_bytes(), [to]) == Taken.IGNORED


def test_nothing_of_what_is_closed_to_its_author_stands_in_a_letter(private_community, dev):
    talk = begun(private_community, dev)
    to = where(talk, dev)
    memberships.leave(dev.memberships.get())
    assert receive(proved(dev.email, to), [to]) == Taken.REFUSED
    drain("letters about e-mails")
    assert talk.title not in plain(mail.outbox[-1])
    assert talk.url not in plain(mail.outbox[-1])


def test_what_was_sent_to_the_hubs_own_address_finds_its_conversation(talk, asha, bryn, settings):
    answered(talk, asha)
    drain("notices")
    (notice,) = [one for one in bring_what_waits() if one.to == [bryn.email]]
    to = "hub@withermere.example"
    made = proved(bryn.email, to, In_Reply_To=notice.message()["In-Reply-To"])
    assert receive(made, [to]) == Taken.WAITING
    assert (waiting(bryn).conversation, waiting(bryn).why) == (talk, Why.OTHER_ADDRESS)
    drain("letters about e-mails")
    assert waiting(bryn).get_absolute_url() in plain(mail.outbox[-1])
    assert receive(letter(bryn.email, to).as_bytes(), [to]) == Taken.IGNORED


@pytest.mark.parametrize(("text", "why"), [("", Why.EMPTY), ("word " * 9000, Why.TOO_LONG)], ids=["empty", "too long"])
def test_what_is_no_post_is_refused(text, why, talk, bryn):
    receive(proved(bryn.email, where(talk, bryn), text))
    assert IncomingMail.objects.get().why == why


# -- what follows --------------------------------------------------------------------------------------------------
def test_it_acknowledges_a_question_because_a_person_wrote_it(community, carys, bryn):
    question = begun(community, carys, Kind.QUESTION)
    receive(proved(bryn.email, where(question, bryn)))
    assert Promise.objects.get(conversation=question).acknowledged_by == bryn


def test_what_is_attached_goes_with_the_post_and_what_cannot_is_named(talk, bryn):
    made = letter(bryn.email, where(talk, bryn), "See the plan.", Authentication_Results=found(bryn.email))
    made.add_attachment(b"%PDF-1.4 plan", maintype="application", subtype="pdf", filename="plan.pdf")
    made.add_attachment(b"MZ\0\1\2\xff", maintype="application", subtype="pdf", filename="virus.pdf")
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="hall.png")
    assert receive(made.as_bytes()) == Taken.PUBLISHED
    drain("notices")
    (notice,) = [one for one in bring_what_waits() if one.to == [bryn.email]]
    assert [each.name for each in talk.posts.get(author=bryn).attachments.all()] == ["plan.pdf"]
    assert ["plan.pdf" in plain(notice), "virus.pdf" in plain(notice), "hall.png" in plain(notice)] == [
        False,
        True,
        True,
    ]


def test_the_whole_is_kept_for_a_while(talk, bryn):
    receive(proved(bryn.email, where(talk, bryn), "I have one.\n\n-- \nBryn Powell"))
    row = IncomingMail.objects.get()
    assert (row.text, "Bryn Powell" in row.whole) == ("I have one.", True)
    IncomingMail.objects.update(received=timezone.now() - timedelta(days=31))
    mails.tidy()
    assert not IncomingMail.objects.exists()
    assert said(talk) == [("Bryn", "I have one.")]


def test_the_list_asks_no_more_with_more_e_mails(talk, bryn):
    post = answered(talk, bryn)
    rows = [IncomingMail(person=bryn, conversation=talk, key=str(n), post=post, came=Came.PUBLISHED) for n in range(33)]
    IncomingMail.objects.bulk_create(rows[:3])
    browser = browse(bryn)
    browser.get("/conversations/by-mail/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/conversations/by-mail/")
    IncomingMail.objects.bulk_create(rows[3:])
    with CaptureQueriesContext(connection) as many:
        browser.get("/conversations/by-mail/")
    assert len(many) == len(few)
