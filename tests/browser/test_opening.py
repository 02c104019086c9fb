"""The hub is told which questions led somewhere, and by nobody in particular."""

from urllib.parse import parse_qs


def test_opening_a_result_tells_the_question_and_nothing_else(open_tab):
    page = open_tab()
    page.goto("/search/?q=damp")
    with page.expect_response("**/search/opened/") as told:
        page.locator(".hits a").first.click(modifiers=["ControlOrMeta"])  # an answer is lost with the page that asked
    assert parse_qs(told.value.request.post_data) == {"q": ["damp"]}
    assert told.value.status == 204
