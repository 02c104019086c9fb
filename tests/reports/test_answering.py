"""Whoever reported something gets an answer, at an address that is theirs."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from reports import services
from reports.models import PageReport
from tests.conftest import browse
from tests.notifications.mails import bring_what_waits
from tests.reports.reporting import send
from tests.visibility.reports import reported

pytestmark = pytest.mark.django_db


def test_the_answer_goes_to_whoever_reported_it(story, asha, carys, django_capture_on_commit_callbacks):
    send(carys, story.url, email="somebody.else@example.org")
    report = PageReport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        browse(asha).post(report.get_absolute_url(), {"answer": "Put right: it is Thursday."})
    [sent] = bring_what_waits()
    assert sent.to == [carys.email]
    assert "Put right: it is Thursday." in sent.body
    assert "Asha Okafor answers" in sent.body
    assert "Put right: it is Thursday." in browse(carys).get(report.get_absolute_url()).content.decode()
    assert "Something is wrong" not in browse(asha).get("/").content.decode()


def test_whoever_looks_after_the_page_hears_of_it_and_no_more_once_it_is_answered(story, asha, carys, committed):
    with committed():
        send(carys, story.url)
        send(carys, story.url, text="And the place.")
    with committed():
        services.answer(PageReport.objects.first(), "Put right.", by=asha)
    told = {sent.to[0]: sent.body for sent in bring_what_waits()}
    assert set(told) == {asha.email, carys.email}
    assert told[asha.email].count("Something is wrong with a page") == 1


def test_the_hub_team_hears_of_it_where_nobody_looks_after_the_page(home, hub_team, carys, committed):
    with committed():
        send(carys, "/")
    assert [sent.to for sent in bring_what_waits()] == [[hub_team.email]]


def link() -> str:
    return re.search(r"/report/hear/\S+", mail.outbox[0].body)[0]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_an_address_that_anybody_could_type_gets_a_question_and_no_words_of_theirs(story, asha, committed):
    with committed():
        send(None, story.url, text="BUY QUILLWORT", email="victim@example.org")
        browse(asha).post(PageReport.objects.get().get_absolute_url(), {"answer": "Put right."})
    [asked] = mail.outbox
    assert asked.to == ["victim@example.org"]
    assert not [word for word in ("QUILLWORT", "Nineteen", "Put right") if word in asked.body + asked.subject]


@pytest.mark.parametrize("first", ["proved", "answered"])
def test_the_answer_comes_once_the_address_is_proved(story, asha, committed, first):
    with committed():
        send(None, story.url, email="reader@example.org")
    answer = lambda: browse(asha).post(PageReport.objects.get().get_absolute_url(), {"answer": "Put right."})  # noqa: E731
    prove = lambda: browse().post(link())  # noqa: E731
    assert "Is this your address?" in browse().get(link()).content.decode()
    for deed in (prove, answer, prove) if first == "proved" else (answer, prove, prove):
        with committed():
            assert deed().status_code == 302
    _asked, answered = mail.outbox
    assert (answered.to, "Put right." in answered.body) == (["reader@example.org"], True)
    assert "The answer comes to you" in browse().get(link()).content.decode()


def test_whoever_answers_reads_that_the_address_is_not_proved(story, asha):
    send(None, story.url, email="reader@example.org")
    assert "have not said yet" in browse(asha).get(PageReport.objects.get().get_absolute_url()).content.decode()


@pytest.mark.parametrize("key", ["1", "1.x", "1.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "."])
def test_a_link_that_the_hub_did_not_make_is_not_there(story, key):
    send(None, story.url, email="reader@example.org")
    assert browse().get(f"/report/hear/{key}/").status_code == 404


def test_a_link_is_good_for_thirty_days(story, committed):
    with committed():
        send(None, story.url, email="reader@example.org")
    PageReport.objects.update(sent_at=timezone.now() - timedelta(days=31))
    assert browse().post(link()).status_code == 404


def test_nobody_fills_another_ones_letter_box(story, committed):
    with committed():
        for time in range(5):
            send(None, story.url, f"The day is wrong: {time}.", email="Victim@example.org")
    assert len(mail.outbox) == 3


def test_whoever_has_left_is_written_to_no_more(story, asha, carys, committed):
    send(carys, story.url)
    carys.is_active = False
    carys.save()
    with committed():
        browse(asha).post(PageReport.objects.get().get_absolute_url(), {"answer": "Put right."})
    assert not [sent for sent in bring_what_waits() if carys.email in sent.to]


def test_without_an_address_nobody_is_written_to(story, asha, django_capture_on_commit_callbacks):
    report = reported(story)
    with django_capture_on_commit_callbacks(execute=True):
        browse(asha).post(report.get_absolute_url(), {"answer": "Put right."})
    assert not mail.outbox


def test_of_two_who_answer_at_once_one_does(story, asha, hub_team):
    report = reported(story)
    theirs = PageReport.objects.get(pk=report.pk)
    services.answer(theirs, "Put right.", by=asha)
    with pytest.raises(services.AlreadyAnswered):
        services.answer(report, "Left as it is.", by=hub_team)
    assert PageReport.objects.get().answer == "Put right."


def test_whoever_answers_too_late_keeps_what_they_wrote(story, asha, hub_team):
    report, browser = reported(story), browse(hub_team)
    browse(asha).post(report.get_absolute_url(), {"answer": "Put right: it is Thursday."})
    late = browser.post(report.get_absolute_url(), {"answer": "An hour’s worth of words."})
    page = late.content.decode()
    assert (late.status_code, "An hour’s worth" in page, "it is Thursday" in page) == (409, True, True)


def test_an_empty_answer_is_sent_back(story, asha):
    report = reported(story)
    assert browse(asha).post(report.get_absolute_url(), {"answer": " "}).status_code == 422
    assert not PageReport.objects.get().is_answered


def test_who_reported_it_does_not_answer_it(story, carys):
    send(carys, story.url)
    address = PageReport.objects.get().get_absolute_url()
    assert browse(carys).post(address, {"answer": "Done."}).status_code == 404


def test_a_report_outlives_its_page_and_its_people(story, asha, carys):
    send(carys, story.url)
    story.delete()
    carys.delete()
    report = PageReport.objects.get()
    assert (report.page, report.reporter, report.text) == (None, None, "The day is wrong.")


def test_a_script_is_told_to_wait(story, carys, settings):
    settings.LIMITS = {**settings.LIMITS, "reports": "2/h"}
    assert [send(carys, story.url, text=f"Wrong {n}.").status_code for n in range(3)] == [302, 302, 429]


def test_nobody_is_told_that_an_answer_is_sent_to_nobody(story, asha):
    shown = (
        browse(asha).post(reported(story).get_absolute_url(), {"answer": "Put right."}, follow=True).content.decode()
    )
    assert "Your answer is kept here." in shown
    assert "on its way" not in shown
