"""Who knows: people for a question, by what they did and as far as the reader may see it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from communities.models import FACILITATOR
from core.models import Topic
from indexing import engines, maintenance
from indexing.engines.base import EngineUnavailable, IndexedDocument
from people.models import User
from search import experts
from tests.conftest import browse
from tests.factories import (
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
    tell,
)

pytestmark = pytest.mark.django_db

BEES = "How we keep bees on the roof of the town hall: hives, smoke and honey."


@pytest.fixture(autouse=True)
def _own_index(settings: Any, tmp_path: Any) -> None:
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'hub-index'}"}


@pytest.fixture
def mabel(community: Any) -> User:
    """Told two stories about bees and checked a page of guidance."""
    mabel: User = PersonFactory(first_name="Mabel", public=True)
    tell(StoryFactory(community=community, title="Bees on the roof", summary=BEES), mabel)
    tell(StoryFactory(community=community, title="Honey for the food bank", summary=BEES), mabel)
    GuidanceFactory(community=community, title="Keeping bees", summary=BEES, checked_by=mabel)
    return mabel


def page(query: str = "q=keeping+bees", person: Any = None) -> str:
    maintenance.rebuild()
    response = browse(person).get(f"/people/who-knows/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_mabel_is_named_with_what_she_did_and_why_it_counts(mabel):
    html = page()
    assert "Mabel Example" in html
    assert "Told 2 stories about it, the last in" in html
    assert "Wrote or checked guidance on it" in html
    assert ">Bees on the roof</a> <small" in " ".join(html.split())


def test_nobody_is_named_for_a_word_in_passing(mabel):
    html = page("q=smoke+detectors+for+ships")
    assert "Mabel Example" not in html


def test_who_facilitates_or_helps_is_named_for_that(community):
    helper = PersonFactory(first_name="Hal", public=True)
    community.summary = BEES
    community.save()
    make_member(helper, community, FACILITATOR)
    SessionFactory(surgery=SurgeryFactory(title="Ask about bees", summary=BEES)).mentors.add(helper)
    html = page()
    assert "Facilitates Foster Care Together." in html
    assert "Helps at a surgery on it." in html


def test_a_session_with_words_of_its_own_speaks_for_its_mentor(community):
    helper = PersonFactory(first_name="Hal", public=True)
    SessionFactory(surgery=SurgeryFactory(), title="Bees in winter", summary=BEES).mentors.add(helper)
    assert "Is there for a session on it." in page()


def test_somebodys_own_page_is_a_reason_and_no_link_among_the_evidence(home):
    PersonFactory(first_name="Sam", public=True, about=BEES)
    html = page()
    assert "Says so on their page." in html
    assert "What Sam Example did" not in html


def test_evidence_that_carys_may_not_see_names_nobody_to_her(private_community, carys, dev):
    keeper = PersonFactory(first_name="Keeper", public=True)
    tell(StoryFactory(community=private_community, title="Secret bees", summary=BEES, private=True), keeper)
    assert "Keeper Example" not in page(person=carys)
    assert "Secret bees" in page(person=dev)


def test_who_opted_out_or_left_is_not_offered(mabel):
    User.objects.filter(pk=mabel.pk).update(may_be_suggested=False)
    assert "Mabel" not in page()
    User.objects.filter(pk=mabel.pk).update(may_be_suggested=True, is_active=False)
    assert "Mabel" not in page()


def test_nobody_is_sent_to_themselves(mabel):
    assert "Nobody found." in page(person=mabel)


def test_no_score_and_no_rank_is_shown(mabel):
    html = page()
    assert "<ol" not in html.partition('role="status"')[2].partition("</main>")[0]


def test_without_a_question_the_page_explains_and_offers_topics(mabel, community):
    community.topics.add(Topic.objects.create(name="Bees & honey", slug="bees"))
    community.save()
    html = page("")
    assert "Ask in your own words" in html
    assert "?q=Bees%20%26%20honey" in html


def test_when_nobody_knows_the_page_helps_on(home):
    html = page("q=zzyzx+qwv")
    assert "Nobody found." in html
    assert "/search/?q=zzyzx%20qwv" in html


def test_while_the_engine_is_away_the_page_says_so(mabel, monkeypatch):
    def away(*args: Any) -> None:
        raise EngineUnavailable("gone")

    maintenance.rebuild()
    monkeypatch.setattr(type(engines.engine()), "search", away)
    html = browse().get("/people/who-knows/?q=bees").content.decode()
    assert "Search is not available at the moment." in html


def test_many_who_know_stand_on_pages(community):
    tell(StoryFactory(title="Bees", summary=BEES), *PersonFactory.create_batch(12, public=True))
    assert 'rel="next"' in page()


@pytest.mark.parametrize("query", ["q=%00", "q=%3Cscript%3E", "q=bees&page=zz", f"q={'bees+' * 900}"])
def test_nonsense_is_answered_calmly(mabel, query):
    assert "<script>" not in page(query)


def test_the_search_page_leads_to_all_who_know(mabel):
    maintenance.rebuild()
    html = browse().get("/search/?q=keeping+bees").content.decode()
    assert 'href="/people/who-knows/?q=keeping%20bees"' in html


# -- what is recent counts more ----------------------------------------------------------------------------------------
TODAY = date(2026, 6, 1)


def evidence(person: str, day: date | None, score: float = 1.0) -> IndexedDocument:
    nothing: tuple[str, ...] = ()
    return IndexedDocument(
        person, score, 0.5, "story", "", "", "", nothing, (person,), "", "", "en", day, "", {}, frozenset(), ""
    )


def test_of_two_who_did_the_same_the_later_one_comes_first():
    ranked = experts.rank([evidence("then", date(2012, 6, 1)), evidence("now", date(2026, 5, 1))], today=TODAY)
    assert [expert.person for expert in ranked] == ["now", "then"]


def test_a_role_that_somebody_has_today_is_not_old(home: Any) -> None:
    ranked = experts.rank([evidence("then", date(2012, 6, 1))], today=TODAY, lasting={"story"})
    assert ranked[0].score == 1.0


@pytest.mark.parametrize(
    ("day", "weight"), [(None, 1.0), (TODAY + timedelta(days=9), 1.0), (TODAY, 1.0), (date(2021, 6, 1), 0.5)]
)
def test_evidence_counts_half_after_five_years_and_whole_without_a_date(day, weight):
    assert experts.freshness(day, TODAY) == pytest.approx(weight, abs=0.001)


def test_one_good_answer_outweighs_many_that_touch_on_it():
    ranked = experts.rank([evidence("one", None), *(evidence("many", None, 0.5) for _ in range(9))], today=TODAY)
    assert [expert.person for expert in ranked] == ["one", "many"]


def test_what_one_person_did_says_more_of_them_than_what_ten_did():
    alone, together = evidence("alone", None), replace(evidence("x", None), people=tuple(f"p{n}" for n in range(10)))
    assert experts.rank([together, alone], today=TODAY)[0].person == "alone"


def test_who_quotes_what_nobody_wrote_is_told_who_knows_all_the_same(mabel):
    assert "Mabel Example" in page("q=keeping+bees+%22on+the+moon%22")


def test_today_is_today_unless_told(home):
    assert experts.rank([evidence("now", timezone.localdate())])[0].score == 1.0
