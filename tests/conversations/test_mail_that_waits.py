"""What becomes of an answer by e-mail: it waits for a press, comes back with a letter, or goes with its files."""

from collections.abc import Iterable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities import services as memberships
from conversations import services
from conversations.choices import Kind
from conversations.mail import files, services as mails
from conversations.mail.addresses import reply_address
from conversations.mail.receiving import ReceivedAs, receive
from conversations.models import Attachment, IncomingMail, Post, Promise
from conversations.models.mail import Came, Why
from core.outbox import drain
from people.models import User
from tests.conftest import browse
from tests.conversations.answering import answers_are_taken, found, letter, proved, said, talk, waiting, where
from tests.conversations.delegating import delegated
from tests.conversations.saying import answered, begun
from tests.core.pictures import encoded, noisy
from tests.notifications.mails import bring_what_waits, plain

__all__ = ["answers_are_taken", "talk"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("answers_are_taken")]


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
    assert (row.text, row.whole, receive(made)) == ("", "", ReceivedAs.AGAIN)


def test_nobody_is_offered_to_publish_or_to_read_what_they_cannot(talk, asha, bryn, community):
    receive(letter(bryn.email, where(talk, bryn), "It is not mine.").as_bytes())
    url = waiting(bryn).get_absolute_url()

    def offered() -> tuple[Why | None, bool]:
        page = browse(bryn).get(url)
        return page.context["why_not_now"], 'value="publish"' in page.content.decode()

    services.close(talk, asha, "It is found.")
    assert offered() == (Why.CLOSED, False)
    services.reopen(talk, asha)
    assert offered() == (None, True)
    browse(bryn).post(url, {"text": "It is not mine.", "deed": "publish"})
    assert browse(bryn).get(url).context["answer_url"] == talk.posts.last().get_absolute_url()
    talk.refresh_from_db()
    talk.audience = "members"
    talk.save()
    memberships.leave(community.memberships.get(person=bryn))
    assert browse(bryn).get(url).context["answer_url"] == ""


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


def test_a_delegate_answers_by_e_mail_in_their_own_voice_and_in_nobody_elses(talk, asha, bryn):
    """What comes from their mail program to the address of whoever named them waits for that person alone."""
    delegated(asha, bryn)
    theirs, others = where(talk, bryn), where(talk, asha)
    assert receive(proved(bryn.email, theirs, "Mine.")) == ReceivedAs.PUBLISHED
    assert receive(proved(bryn.email, others, "In her name?")) == ReceivedAs.WAITING
    post = talk.posts.get(number=2)
    assert (post.author, post.principal, post.is_for_another) == (bryn, None, False)
    row = waiting(asha)
    assert row.why == Why.OTHER_SENDER
    assert browse(bryn).post(row.get_absolute_url(), {"text": "In her name?"}).status_code == 404
    assert talk.posts.count() == 2


def test_addresses_end_when_their_owner_says_so(talk, bryn):
    to = where(talk, bryn)
    browse(bryn).post("/conversations/by-mail/")
    assert receive(letter(bryn.email, to).as_bytes(), [to]) == ReceivedAs.IGNORED
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
    assert receive(made.message().as_bytes(), [to]) == ReceivedAs.IGNORED


def test_nothing_of_what_is_closed_to_its_author_stands_in_a_letter(private_community, dev):
    talk = begun(private_community, dev)
    to = where(talk, dev)
    memberships.leave(dev.memberships.get())
    assert receive(proved(dev.email, to), [to]) == ReceivedAs.REFUSED
    drain("letters about e-mails")
    assert talk.title not in plain(mail.outbox[-1])
    assert talk.url not in plain(mail.outbox[-1])


def test_what_was_sent_to_the_hubs_own_address_finds_its_conversation(talk, asha, bryn, settings):
    answered(talk, asha)
    drain("notices")
    (notice,) = [one for one in bring_what_waits() if one.to == [bryn.email]]
    to = "hub@withermere.example"
    made = proved(bryn.email, to, In_Reply_To=notice.message()["In-Reply-To"])
    assert receive(made, [to]) == ReceivedAs.WAITING
    assert (waiting(bryn).conversation, waiting(bryn).why) == (talk, Why.OTHER_ADDRESS)
    drain("letters about e-mails")
    assert waiting(bryn).get_absolute_url() in plain(mail.outbox[-1])
    assert receive(letter(bryn.email, to).as_bytes(), [to]) == ReceivedAs.IGNORED


@pytest.mark.parametrize(("text", "why"), [("", Why.EMPTY), ("word " * 9000, Why.TOO_LONG)], ids=["empty", "too long"])
def test_what_is_no_post_is_refused(text, why, talk, bryn):
    receive(proved(bryn.email, where(talk, bryn), text))
    assert IncomingMail.objects.get().why == why


def test_a_picture_that_stands_in_the_words_is_what_is_said_where_there_are_none(talk, bryn):
    """anymail#229: it waits to be described."""
    made = letter(bryn.email, where(talk, bryn), "", Authentication_Results=found(bryn.email))
    made.add_alternative('<img src="cid:it">', subtype="html")
    made.get_payload()[1].add_related(
        encoded("JPEG"), "image", "jpeg", cid="<it>", filename="it.jpg", disposition="inline"
    )
    receive(made.as_bytes())
    page = browse(bryn).get(IncomingMail.objects.get(why=Why.EMPTY).get_absolute_url())
    assert [each.name for each in page.context["files"].here] == ["it.jpg"]


NOISE = noisy()
PHOTO = noisy("JPEG", (600, 400))


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>See the hall:</p>{photo}", ["hall.jpg"]),
        ("<p>See the hall:</p>{photo}<p>Kind regards<br>Bryn</p>{crest}", ["hall.jpg"]),
        ("<p>See the hall.</p>{photo}<div>-- <br>Bryn, Withermere Council<br>{crest}</div>", ["hall.jpg"]),
        ("<p>No.</p><blockquote><p>See the hall</p>{photo}</blockquote>", []),
        ("<p>No.</p><div class='gmail_quote'><p>See the hall</p>{photo}{crest}</div>", []),
        ("<p>See{pixel} the hall.</p>{photo}{crest}", ["hall.jpg", "crest.png"]),
        ("<p>See the hall.</p>", ["hall.jpg", "crest.png"]),
        (
            "<p>See.</p>{photo}<p>B. Lee<br>Highways | Roads</p><p>T: 01234 567 890<br>{crest}</p>",
            ["hall.jpg", "crest.png"],
        ),
        ("<p>See.</p><p>Whose is this?</p><p>{crest}</p><p>Ring 01234 567890.</p>", ["crest.png"]),
        ("<p>See.</p><p>Highways<br>www.withermere.example<br>{photo}</p>", ["hall.jpg"]),
        ("<p>See.</p>{crest}<p>Highways<br>b.lee@withermere.example</p>", ["crest.png"]),
    ],
    ids=[
        "shown",
        "greeting",
        "dashes",
        "quoted",
        "marked as quoted",
        "a pixel",
        "nowhere",
        "how reached",
        "a question with a number",
        "a photograph below an address",
        "above a signature of another form",
    ],
)
def test_pictures_beside_words_wait_to_be_described_but_for_those_of_a_signature(html, kept, talk, bryn):
    """What stands nowhere in the words is attached; the crest of a signature, what is quoted, and pixels are not."""
    assert receive(with_pictures(html, where(talk, bryn), bryn)) == ReceivedAs.PUBLISHED
    post = talk.posts.get(author=bryn)
    assert names(Attachment.objects.filter(unsent_by=bryn)) == kept
    assert (post.files, IncomingMail.objects.get().files) == ([], [])


def test_a_small_picture_by_a_telephone_number_waits_once_and_is_a_crest_when_it_comes_again(talk, asha, bryn):
    """A plan of the hall may stand there, too: nothing is left out that its author never heard of."""
    signed = "<p>See.</p>{photo}<p>B. Lee<br>Highways | Roads</p><p>T: 01234 567 890<br>{crest}</p>"
    for _again in range(2):
        receive(with_pictures(signed, where(talk, bryn), bryn))
    later, first = (post.pk for post in talk.posts.filter(author=bryn).order_by("-number"))
    waits = Attachment.objects.filter(unsent_by=bryn)
    assert names(waits.filter(place=f"post:{first}")) == ["hall.jpg", "crest.png"]
    assert names(waits.filter(place=f"post:{later}")) == ["hall.jpg"]
    receive(with_pictures("<p>The plan again.</p>{crest}", where(talk, bryn), bryn))
    assert names(waits.filter(place=f"post:{talk.posts.last().pk}")) == ["crest.png"]
    receive(with_pictures(signed, where(talk, asha), asha))
    assert len(Attachment.objects.filter(unsent_by=asha)) == 2


def with_pictures(html: str, to: str, by: User) -> bytes:
    """An e-mail that shows those that ``html`` names, or all that are somewhere."""
    made = letter(by.email, to, "See the hall.", Authentication_Results=found(by.email))
    shown = {name: f'<img src="cid:{name}%40here">' for name in ("photo", "crest", "pixel")}
    made.add_alternative(html.format(**shown), subtype="html")
    related = made.get_payload()[1]
    for name, file, content in (
        ("photo", "hall.jpg", PHOTO),
        ("crest", "crest.png", NOISE),
        ("pixel", "open.png", encoded("PNG", (1, 1))),
    ):
        if f"{{{name}}}" in html or "{" not in html:
            cid = f"<{name}@here>"
            related.add_related(content, "image", file[-3:], cid=cid, filename=file, disposition="inline")
    return made.as_bytes()


def test_more_pictures_than_a_post_takes_are_named(talk, bryn):
    made = letter(bryn.email, where(talk, bryn), "All of them.", Authentication_Results=found(bryn.email))
    made.add_alternative("<p>All of them.</p>", subtype="html")
    for number in range(7):
        more = {"cid": f"<{number}@here>", "filename": f"{number}.png", "disposition": "inline"}
        made.get_payload()[1].add_related(NOISE, "image", "png", **more)
    receive(made.as_bytes())
    assert IncomingMail.objects.get().files == ["5.png", "6.png"]


# -- what follows --------------------------------------------------------------------------------------------------
def test_it_acknowledges_a_question_because_a_person_wrote_it(community, carys, bryn):
    question = begun(community, carys, Kind.QUESTION)
    receive(proved(bryn.email, where(question, bryn)))
    assert Promise.objects.get(conversation=question).acknowledged_by == bryn


def with_files(made: EmailMessage, **contents: bytes) -> bytes:
    for name, content in contents.items():
        stem, _line, ending = name.rpartition("_")
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{stem}.{ending}")
    return made.as_bytes()


FILES = {"plan_pdf": b"%PDF-1.4 plan", "virus_pdf": b"MZ\0\1\2\xff"}


def names(some: Iterable[Attachment]) -> list[str]:
    return [each.name for each in some]


def test_what_is_attached_goes_with_the_post_and_what_cannot_is_named(talk, bryn):
    """A picture waits until its author says what it shows."""
    made = letter(bryn.email, where(talk, bryn), "See the plan.", Authentication_Results=found(bryn.email))
    assert receive(with_files(made, **FILES, hall_png=encoded("PNG"))) == ReceivedAs.PUBLISHED
    post = talk.posts.get(author=bryn)
    assert (names(post.files), IncomingMail.objects.get().files) == (["plan.pdf"], ["virus.pdf"])
    drain("notices")
    [notice] = [one for one in bring_what_waits() if one.to == [bryn.email]]
    change = f"/conversations/posts/{post.pk}/edit/"
    assert (change in plain(notice), "virus.pdf" in plain(notice)) == (True, True)
    [picture] = [each for each in browse(bryn).get(change).context["files"].here if each.is_picture]
    assert browse(None).get(picture.get_absolute_url()).status_code == 404
    typed = {"text": post.text, "attached": [str(picture.key)]}
    assert browse(bryn).post(change, typed).status_code == 422
    browse(bryn).post(change, {**typed, f"shows-{picture.key}": "The hall"})
    assert names(Post.objects.get(pk=post.pk).files) == ["plan.pdf", picture.name]


@pytest.mark.parametrize("state", ["not proved", "closed"])
def test_what_is_attached_waits_with_the_words(state, talk, asha, bryn):
    to = where(talk, bryn)
    if state == "closed":
        services.close(talk, asha, "It is found.")
    made = letter(bryn.email, to, "See the plan.")
    if state == "closed":
        made["Authentication-Results"] = found(bryn.email)
    receive(with_files(made, **FILES, hall_png=encoded("PNG")))
    row = IncomingMail.objects.get()
    url = row.get_absolute_url()
    page = browse(bryn).get(url)
    plan, hall = page.context["files"].here
    assert (plan.name, hall.is_picture, row.files) == ("plan.pdf", True, ["virus.pdf"])
    assert browse(asha).get(plan.get_absolute_url()).status_code == 404
    if state == "closed":
        services.reopen(talk, asha)
    sent = {"text": "See it.", "deed": "publish", "attached": [str(plan.key), str(hall.key)]}
    assert browse(bryn).post(url, sent).status_code == 422  # nobody has said what the picture shows
    assert browse(bryn).post(url, {**sent, f"shows-{hall.key}": "The hall"}).status_code == 302
    assert names(talk.posts.get(author=bryn).files) == ["plan.pdf", hall.name]


def test_what_is_thrown_away_goes_with_its_files(talk, bryn, django_capture_on_commit_callbacks):
    receive(with_files(letter(bryn.email, where(talk, bryn)), **FILES))
    [plan] = Attachment.objects.all()
    with django_capture_on_commit_callbacks(execute=True):
        browse(bryn).post(waiting(bryn).get_absolute_url(), {"deed": "throw_away"})
    assert not Attachment.objects.exists()
    assert not plan.file.storage.exists(plan.file.name)


def test_strangers_fill_no_storage(talk, bryn, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_IN_ALL", 20)
    for number in range(3):
        receive(with_files(letter("stranger@example.com", where(talk, bryn), f"No. {number}"), **FILES))
    assert names(Attachment.objects.all()) == ["plan.pdf"]
    assert [row.files for row in IncomingMail.objects.order_by("pk")] == [["virus.pdf"]] + [
        ["plan.pdf", "virus.pdf"]
    ] * 2


def test_the_account_says_what_waits(talk, bryn, settings):
    def line() -> list[tuple[str, bool]]:
        lines = browse(bryn).get(reverse("account_overview")).context["lines"]
        return [(one.url, one.is_wanting) for one in lines if one.url == "/conversations/by-mail/"]

    assert line() == [("/conversations/by-mail/", False)]
    receive(letter(bryn.email, where(talk, bryn)).as_bytes())
    assert line() == [("/conversations/by-mail/", True)]
    IncomingMail.objects.all().delete()
    settings.REPLY_ADDRESS = ""
    assert line() == []


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
