"""What people type never runs, restyles a page or asks another host: the vectors of ``data/vectors.txt`` through the
fields that people fill, looked at in Chromium.

The hub answers in this process, so that a page costs no server; its headers, scripts and styles are its own.
"""

import uuid
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route

from conversations import services as talk
from conversations.choices import Feeling, IdeaStage, Kind, ReportReason
from conversations.models import Attachment, Conversation, IncomingMail
from conversations.models.mail import Came, Why
from conversations.moderation import services as moderation
from conversations.moving import services as moving
from conversations.outcomes import services as outcomes
from conversations.polls import services as polls
from conversations.promise import services as promise
from core.fields import LineAnswer, WordsAnswer
from knowledge.models import GuidancePage
from people.models import User
from stories.models import StoryPage
from tests.conftest import browse
from tests.conversations.delegating import delegated
from tests.conversations.saying import answered, begun
from tests.core.pictures import encoded
from tests.factories import CommunityFactory, make_member

VECTORS = [
    line.replace("\\n", "\n") for line in (Path(__file__).parent / "data/vectors.txt").read_text("utf-8").splitlines()
]
ALL = "\n\n".join(VECTORS)
HUB = "https://folkmoot.example"
HOOK = """
  window.ran = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (...said) => window.ran.push(name);
  addEventListener("securitypolicyviolation", (event) => {
    window.ran.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
"""
INJECTED = """() => [...document.querySelectorAll("*")].filter((one) =>
    one.matches("script:not([src^='/static/'], [type='application/json']), iframe, frame, object, embed, base, " +
      "math, style, marquee, audio, video, template, [srcdoc], [style], [ping], meta[http-equiv], " +
      "[formaction^='//'], [formaction]:not([formaction^='/'], [formaction='#parts']), " +
      "animate, set, foreignObject, body link, area, portal, dialog:not([class])") ||
    [...one.attributes].some(({ name, value }) => /^on/i.test(name) ||
      (/^(href|src|srcset|action|data|poster|background|xlink:href)$/i.test(name) &&
        (/^[\\s\\x00-\\x1f]*(java|vb)script:|^\\s*data:(?!image)/i.test(value) ||
          (one.tagName !== "A" && value.includes("evil.example"))))),
  ).map((one) => one.outerHTML.slice(0, 200))"""


WORDS = (forms.CharField, LineAnswer, WordsAnswer)


@pytest.fixture
def look(show: Callable[..., Page], home: object) -> Callable[..., Page]:
    """``look(client, address)`` is the page there."""

    def look_at(client: Client, address: str, *, is_hostile: bool = True) -> Page:
        got = client.get(address, secure=True, headers={"host": urlsplit(HUB).netloc})
        return show(got, address, is_hostile=is_hostile)

    return look_at


@pytest.fixture
def show(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``show(answer, address)`` is the page that was answered there. It must run nothing, hold nothing that was typed
    as more than words, and ask for nothing that is not the hub's.
    """
    context = chromium.new_context(base_url=HUB, service_workers="block")
    context.add_init_script(HOOK)
    page, abroad, pages = context.new_page(), [], []
    page.on("dialog", lambda dialog: abroad.append(f"dialog: {dialog.message}") or dialog.dismiss())

    def answer(route: Route) -> None:
        """Nothing asks the database here: the page was made before, and nothing else of it is needed."""
        where = urlsplit(route.request.url)
        if not route.request.url.startswith(HUB):
            abroad.append(route.request.url)
            route.abort()
        elif where.path.startswith(settings.STATIC_URL) and (
            file := finders.find(where.path[len(settings.STATIC_URL) :])
        ):
            route.fulfill(path=file)
        elif route.request.is_navigation_request():
            route.fulfill(**pages.pop())
        else:
            route.fulfill(status=204)

    page.route("**/*", answer)

    def shown(got: Any, address: str, *, is_hostile: bool = True) -> Page:
        pages.append({"status": got.status_code, "headers": dict(got.items()), "body": got.content})
        page.goto(address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        if is_hostile:
            assert page.locator("main").inner_text().count("alert(1)"), f"{address} shows nothing of it"
        found = {"ran": page.evaluate("window.ran"), "injected": page.evaluate(INJECTED), "abroad": abroad}
        assert {name: what for name, what in found.items() if what} == {}, address
        return page

    yield shown
    context.close()


def lines(length: int, number: int, start: int = 0) -> list[str]:
    """``number`` lines of at most ``length`` letters, each as full of vectors as it may be."""
    one_line = cycle(" ".join(vector.split()) for vector in VECTORS)
    found, line = [], ""
    for vector in islice(one_line, start, start + 40 * number):
        if len(line) + len(vector) >= length:
            found.append(line.strip())
            line = ""
        line = f"{line} {vector}"
    return found[:number]


def test_the_hook_hears_what_runs(chromium):
    """If this fails, the tests below prove nothing: the same vectors run where nobody cleans them."""
    with chromium.new_context() as context:
        context.add_init_script(HOOK)
        page = context.new_page()
        page.route("**/*", lambda route: route.abort())
        ran = 0
        for vector in VECTORS[:60]:
            page.set_content(f"<p>{vector}</p>", wait_until="commit")
            ran += bool(page.evaluate("window.ran?.length ?? 0"))
        assert ran >= 10


def test_posts_titles_and_words_of_a_conversation(look, community, asha, bryn, carys):
    conversation = begun(community, bryn, Kind.IDEA, title=lines(200, 1)[0], text=ALL[:39_000])
    for number, title in enumerate(lines(200, 80)):
        begun(community, bryn, (Kind.DISCUSSION, Kind.QUESTION)[number % 2], title=title, text=ALL[:400])
    post = answered(conversation, asha, f"> {ALL}"[:39_000])
    talk.react(post, bryn, Feeling.THANKS)
    file = SimpleUploadedFile('"><img src=x onerror=alert(1)>.txt', b"<script>alert(1)</script>")
    sent = {"text": f"@{VECTORS[19]}", "key": str(uuid.uuid4()), "seen": "2", "files": [file]}
    assert browse(asha).post(conversation.url, sent).status_code == 302
    polls.set_up(conversation, asha, lines(200, 1, 40)[0], lines(120, 8, 60), is_secret=False)
    browse(bryn).post(f"{conversation.url}poll/", {"choice": conversation.poll.options.first().pk})
    outcomes.set_stage(conversation, asha, IdeaStage.WILL_DO, ALL[:900], [post.pk])
    moving.lock(conversation, asha, 1, lines(200, 1, 90)[0])
    look(browse(bryn), conversation.url)
    for number in (1, 2, 3):
        look(browse(bryn), f"/conversations/in/{community.slug}/?page={number}")
    for address in (
        "/conversations/?only=all",
        community.url,
        "/",
        f"{conversation.url}stage/",
        f"{conversation.url}merge/",
    ):
        look(browse(asha), address)


def test_reasons_reports_appeals_and_drafts(look, community, asha, bryn, carys):
    question = begun(community, carys, Kind.QUESTION, text=ALL[:39_000])
    post = answered(question, bryn, ALL[:39_000])
    case = moderation.report(post, carys, ReportReason.OTHER, lines(280, 1)[0])
    look(browse(asha), case.get_absolute_url())
    moderation.remove(case, asha, lines(280, 1, 20)[0])
    moderation.appeal(post, bryn, ALL[:1900])
    look(browse(bryn), f"/conversations/posts/{post.pk}/appeal/")
    talk.edit(question.posts.get(number=1), "Other words.", carys)
    look(browse(carys), f"/conversations/posts/{question.posts.get(number=1).pk}/changes/")
    draft = {"deed": "save", "text": ALL[:39_000], "key": str(uuid.uuid4()), "seen": "0"}
    browse(bryn).post(question.url, draft)
    page = look(browse(bryn), question.url)
    assert page.locator("#answer textarea").input_value().count("alert(1)") > 100
    preview = browse(bryn).post(question.url, {**draft, "deed": "preview"}).content.decode()
    assert "alert(1)" in preview
    refused = browse(bryn).post(f"{question.url}close/", {"word": ALL}).content.decode()
    assert "<script>alert(1)" not in refused + preview


def test_why_something_was_moved_withdrawn_or_waits(look, community, asha, bryn, carys):
    elsewhere = CommunityFactory(title="Elsewhere", slug="elsewhere")
    make_member(asha, elsewhere)
    said = {"kind": "discussion", "title": "Ladders", "text": "Tall ones.", "audience": "everyone", "seen": "0"}
    browse(bryn).post(f"/conversations/in/{community.slug}/new/", {**said, "key": uuid.uuid4(), "topics": VECTORS[0]})
    ladders, steps = Conversation.objects.get(), begun(community, bryn, title="Steps")
    browse(bryn).post(f"/conversations/posts/{ladders.posts.get().pk}/edit/", {"text": ALL[:39_000]})
    look(browse(bryn), ladders.url)
    answered(ladders, asha, "One.")
    apart, _entry = moving.split(ladders, [2], Kind.DISCUSSION, lines(200, 1, 3)[0], asha, lines(200, 1, 9)[0])
    moving.merge(steps, ladders, asha, lines(200, 1, 19)[0])
    moving.move(apart, elsewhere, User.objects.get(pk=asha.pk), lines(200, 1, 29)[0])
    for talked in (ladders, apart):
        look(browse(asha), talked.url)
    question = begun(community, carys, Kind.QUESTION)
    promise.ask_back(question, ALL[:39_000], asha, key=uuid.uuid4(), seen=1)
    promise.withdraw(question, lines(200, 1)[0], carys)
    look(browse(carys), question.url)
    line = lines(200, 1, 40)[0]
    waits = IncomingMail.objects.create(
        person=bryn,
        conversation=ladders,
        key="0" * 64,
        came=Came.WAITING,
        why=Why.NOT_PROVED,
        sender="bryn@example.org",
        subject=line,
        text=ALL[:5000],
        whole=ALL[:9000],
        files=[line],
    )
    for address in (waits.get_absolute_url(), reverse("conversations:mails")):
        look(browse(bryn), address)
    shown = browse(asha).post("/conversations/delegates/", {"who": VECTORS[0]}).content.decode()
    assert "<script>alert(1)" not in shown


def filled(client: Client, address: str, **chosen: Any) -> Any:
    """Fill in every text of the form at ``address``, as long as it may be, and send it with the choices that it has."""
    sent: dict[str, Any] = {}
    for bound in client.get(address).context["form"]:
        field, value = bound.field, bound.value()
        if type(field) in WORDS and not field.widget.is_hidden:
            most = 100 if bound.name == "topics" else min(field.max_length or 2000, 2000)
            is_area = isinstance(field.widget, forms.Textarea)
            value = ALL[:most] if is_area else lines(most, 1, len(sent) * 7)[0]
        if value not in (None, "") and not isinstance(field, forms.FileField):
            sent[bound.html_name] = value
    return client.post(address, {**sent, **chosen})


def test_people_communities_thanks_stories_and_guidance(look, community, asha, bryn, carys):
    sent = [
        filled(browse(bryn), "/people/me/"),
        filled(browse(asha), f"{community.url}edit/", deed="publish"),
        filled(browse(asha), f"/stories/writing/new/{community.slug}/", deed="publish"),
        filled(browse(asha), f"/guidance/writing/new/{community.slug}/", deed="publish"),
    ]
    bryn.refresh_from_db()
    sent.append(filled(browse(carys), f"/thanks/give/?to={bryn.slug}"))
    assert [answer.context["form"].errors for answer in sent if answer.status_code != 302] == []
    for address in (bryn.get_absolute_url(), community.url, "/communities/", "/people/", "/stories/", "/guidance/"):
        look(browse(asha), address)
    look(browse(bryn), "/thanks/")
    for page in (StoryPage.objects.get(), GuidancePage.objects.get()):
        look(browse(asha), page.url)


def test_guests_delegates_and_how_it_ended(look, community, asha, bryn, carys, hub_team):
    question = begun(community, carys, Kind.QUESTION)
    invited = filled(browse(asha), f"{question.url}guests/", addresses="new@example.org", kind="partner")
    closed = filled(browse(asha), f"{question.url}close/")
    assert [answer.context["form"].errors for answer in (invited, closed) if answer.status_code != 302] == []
    look(browse(asha), f"{question.url}guests/")
    look(browse(bryn), question.url)
    User.objects.filter(pk=bryn.pk).update(name=lines(100, 1)[0])
    writes = User.objects.get(pk=bryn.pk)
    delegated(asha, writes)
    idea = begun(community, asha, Kind.IDEA)
    talk.reply(idea, "Mine.", writes, key=uuid.uuid4(), seen=1, behalf=asha.pk)
    look(browse(carys), idea.url)
    look(browse(asha), "/conversations/delegates/")
    look(browse(hub_team), "/conversations/delegates/all/")


def test_what_is_asked_for_in_an_address(look, community, bryn, hub_team):
    """Fields that no form declares: their words come back in the page, and stand in a file's description."""
    asked = [(bryn, "/search/", "q"), (bryn, "/people/", "q"), (bryn, "/conversations/ask/", "about")]
    asked += [(hub_team, "/ways-in/invitations/", "q")]
    for who, address, name in asked:
        for words in lines(115, 6, 20):
            look(browse(who), f"{address}?{urlencode({name: words})}", is_hostile=False)
    question = begun(community, bryn, Kind.QUESTION)
    picture = SimpleUploadedFile("ladder.png", encoded("PNG"), "image/png")
    browse(bryn).post(question.url, {"deed": "save", "text": "Half", "files": [picture]})
    for words in lines(240, 3, 70):
        kept = Attachment.objects.get(unsent_by=bryn)
        shows = {"attached": str(kept.key), f"shows-{kept.key}": words}
        began = browse(bryn).get(question.url).context["form"]["began"].value()
        browse(bryn).post(question.url, {"deed": "save", "text": "Half", "began": began, **shows})
        assert Attachment.objects.get(pk=kept.pk).description == words
        look(browse(bryn), question.url, is_hostile=False)
