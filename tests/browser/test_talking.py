"""Talk as people meet it: somebody asks, somebody answers, two write at once, one votes, one is moderated."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.council import HANNAH, PATIENCE, PRIYA, SIOBHAN, TEAM
from tests.browser.places import TALK
from tests.browser.steps import go_to, open_talk

LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
"""What a browser says when somebody comes back to a tab: the hub is asked at once instead of in fifteen seconds."""


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).last.click()


def write(page: Page, words: str) -> None:
    page.locator("#answer").get_by_label("Your words").fill(words)


def begin(page: Page, title: str, *, kind: str = "Question", audience: str = "Everyone", where: str = TALK) -> str:
    page.goto(f"{where}new/")
    page.get_by_role("main").get_by_label(kind, exact=True).check()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your words").fill("We begin on Monday.")
    page.get_by_label(audience, exact=True).check()
    press(page, "Send")
    page.get_by_role("heading", level=1, name=title).wait_for()
    return urlsplit(page.url).path


def test_a_question_is_asked_answered_and_accepted_while_both_look_at_it(open_tab):
    hannah, siobhan = open_tab(HANNAH), open_tab(SIOBHAN)
    address = begin(hannah, "Who has a cot to lend?")
    siobhan.goto(address)
    write(siobhan, "The **red** one stands in the hall.")
    press(siobhan, "Send")
    hannah.evaluate(LOOK_AGAIN)
    answer = hannah.locator(".post", has_text="stands in the hall")
    expect(answer.locator("strong")).to_have_text("red")
    answer.get_by_text("More", exact=True).click()
    answer.get_by_role("button", name="This is the answer").click()
    expect(hannah.locator(".post--answer")).to_contain_text("stands in the hall")
    hannah.goto(TALK)
    expect(hannah.locator(".talk li", has_text="a cot to lend").get_by_text("New", exact=True)).to_have_count(0)


def test_who_writes_at_once_reads_the_others_words_before_their_own_are_sent(open_tab):
    hannah, siobhan = open_tab(HANNAH), open_tab(SIOBHAN)
    address = begin(hannah, "Where do we meet?", kind="Discussion")
    siobhan.goto(address)
    write(hannah, "At the library, and I bring the keys.")
    write(siobhan, "At the mill.")
    press(siobhan, "Send")
    press(hannah, "Send")
    expect(hannah.get_by_text("Somebody wrote meanwhile")).to_be_visible()
    expect(hannah.locator("#answer .post")).to_contain_text("At the mill.")
    expect(hannah.locator("#answer").get_by_label("Your words")).to_have_value("At the library, and I bring the keys.")
    press(hannah, "Send")
    expect(hannah.locator("[data-posts] .post").last).to_contain_text("I bring the keys")


def test_what_is_typed_is_kept_on_the_server(open_tab):
    hannah = open_tab(HANNAH)
    address = begin(hannah, "What goes into the box?", kind="Idea")
    write(hannah, "A torch, and")
    expect(hannah.locator("#answer [data-said]")).to_have_text("Kept as a draft.")
    elsewhere = open_tab(HANNAH, java_script_enabled=False)
    elsewhere.goto(address)
    expect(elsewhere.locator("#answer").get_by_label("Your words")).to_have_value("A torch, and")


def test_an_open_page_asks_no_more_once_its_reader_has_left(chromium, hub, keys):
    """Priya leaves in another tab, and comes back in the end, for the tests after this one."""
    parks = "/communities/parks-at-dusk/"
    with chromium.new_context(base_url=hub, storage_state=keys.of(PRIYA), service_workers="block") as context:
        context.set_default_timeout(PATIENCE * 1000)
        page, elsewhere = context.new_page(), context.new_page()
        begin(
            page,
            "Who walks on Friday?",
            audience="Members only",
            where="/conversations/in/parks-at-dusk/",
            kind="Discussion",
        )
        elsewhere.goto(f"{parks}leave/")
        press(elsewhere, "Leave the community")
        with page.expect_response(re.compile("/since/")) as answer:
            page.evaluate(LOOK_AGAIN)
        assert answer.value.status == 404
        expect(page.get_by_text("Nothing new comes here any more.")).to_be_visible()
        asked: list[str] = []
        page.on("request", lambda request: "/since/" in request.url and asked.append(request.url))
        page.evaluate(LOOK_AGAIN)
        page.wait_for_timeout(200)
        assert asked == []
        elsewhere.goto(f"{parks}join/")
        press(elsewhere, "Join")
        expect(elsewhere.get_by_text("You are a member", exact=True)).to_be_visible()


def test_an_open_page_goes_on_after_a_merge_is_undone(open_tab):
    hannah, siobhan = open_tab(HANNAH), open_tab(SIOBHAN)
    into, second = (begin(hannah, title, kind="Discussion") for title in ("Who has hooks?", "Who has more hooks?"))
    siobhan.goto(f"{second}merge/")
    siobhan.get_by_label("Conversation", exact=True).select_option(label="Who has hooks?")
    siobhan.get_by_label("Why").fill("The same.")
    press(siobhan, "Put them together")
    hannah.goto(into)
    expect(hannah.locator("[data-posts] > li")).to_have_count(2)
    siobhan.get_by_role("button", name="Undo").click()
    write(siobhan, "There are ten in the hall.")
    press(siobhan, "Send")
    hannah.evaluate(LOOK_AGAIN)
    expect(hannah.locator("[data-posts] > li").last).to_contain_text("ten in the hall")
    expect(hannah.locator("[data-posts] > li")).to_have_count(2)


def test_somebody_votes_and_votes_otherwise(open_tab):
    page = open_tab(PRIYA)
    page.goto("/conversations/?only=all")
    open_talk("at the library is full")(page)
    for first, second in (("Another table", "A second Thursday"), ("A second Thursday", "Another table")):
        page.get_by_label("A list at the door").select_option("3")
        page.get_by_label(first).select_option("1")
        page.get_by_label(second).select_option("2")
        page.locator("form.poll button[type=submit]").click()
        expect(page.get_by_role("status").first).to_contain_text("Your vote counts.")
        expect(page.get_by_label(first)).to_have_value("1")
    expect(page.get_by_text("1 person has voted.")).to_be_visible()


def test_a_post_is_reported_hidden_removed_and_its_author_appeals(open_tab):
    hannah, priya, siobhan = open_tab(HANNAH), open_tab(PRIYA), open_tab(SIOBHAN)
    siobhan_began = begin(siobhan, "Who fetches the keys?", kind="Discussion")
    hannah.goto(siobhan_began)
    write(hannah, "Ask that lazy Mr Weasel.")
    press(hannah, "Send")
    priya.goto(siobhan_began)
    go_to("Report")(priya)
    priya.get_by_label("It is unkind").check()
    press(priya, "Report it")
    siobhan.goto("/conversations/reports/")
    open_talk("Who fetches the keys")(siobhan)
    siobhan.get_by_label("Reason").fill("Until we have talked.")
    press(siobhan, "Hide it for now")
    priya.goto(siobhan_began)
    expect(priya.get_by_text("This post is hidden until")).to_be_visible()
    expect(priya.get_by_text("Mr Weasel")).to_have_count(0)
    siobhan.get_by_label("Reason").fill("It is about Mr Weasel.")
    press(siobhan, "Remove it")
    hannah.goto(siobhan_began)
    go_to("Read it again, or appeal")(hannah)
    hannah.get_by_label("Why it should stand there").fill("He laughed himself.")
    press(hannah, "Appeal")
    expect(hannah.get_by_text("Somebody else than whoever removed it looks at it again.")).to_be_visible()


def test_a_conversation_is_moved_in_two_presses_and_back_after_a_walk(open_tab):
    page = open_tab(SIOBHAN)
    address = begin(page, "Who mends the gate?")
    go_to("Move")(page)
    page.get_by_label("Community").select_option(label="Parks at Dusk")
    page.get_by_label("Why").fill("It is their gate.")
    press(page, "Move it")
    expect(page.get_by_role("main")).to_contain_text("In Parks at Dusk.")
    page.goto("/stories/")
    page.goto(address)
    press(page, "Undo")
    expect(page.get_by_role("main")).to_contain_text("In Foster Care Together.")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_a_named_delegate_writes_for_somebody_and_both_names_stand_everywhere(open_tab):
    delegates, both = "/conversations/delegates/", "Siobhan Keogh for Priya Nair"
    hannah, priya, siobhan, team = (open_tab(person) for person in (HANNAH, PRIYA, SIOBHAN, TEAM))
    address = begin(hannah, "Who opens the hall?", kind="Discussion")
    hannah.goto("/stories/")  # what she is told of, she has not read yet
    priya.goto(delegates)
    priya.locator("[name=who]").fill("Siobhan Keogh")
    press(priya, "Ask them")
    expect(priya.get_by_text("Has not accepted yet")).to_be_visible()
    siobhan.goto(delegates)
    siobhan.get_by_role("main").get_by_role("button", name="Accept").click()
    siobhan.goto(address)
    siobhan.get_by_label("For Priya Nair").check()
    write(siobhan, "Priya has the key.")
    press(siobhan, "Send")
    expect(siobhan.locator("[data-posts] .post").last).to_contain_text("Priya has the key.")
    for page, path in ((hannah, "/inbox/"), (team, f"{delegates}all/")):
        page.goto(path)
        expect(page.get_by_role("main")).to_contain_text(both)
    reader = open_tab(HANNAH, java_script_enabled=False)
    reader.goto(address)
    reader.emulate_media(media="print")
    names = reader.locator(".post", has_text="Priya has the key").locator(".post__head b")
    expect(names).to_have_text(both)
    expect(names).to_be_visible()
    priya.goto("/inbox/")
    expect(priya.get_by_role("main")).to_contain_text("Siobhan Keogh wrote in your name")
    priya.goto(delegates)
    priya.get_by_role("main").get_by_role("button", name="End it now").click()
    siobhan.goto(address)
    expect(siobhan.get_by_label("For Priya Nair")).to_have_count(0)
