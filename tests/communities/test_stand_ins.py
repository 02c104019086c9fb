"""A request to join waits for no holiday to end: whoever stands in for a facilitator hears of it, and answers."""

from typing import Any

from communities import services
from core.outbox import drain
from notifications.receiving import tell_later
from people.away import today
from people.models import Absence, User
from tests.conftest import browse
from tests.factories import PersonFactory
from tests.people.test_absence import off, page, titles, told


def test_a_request_to_join_goes_to_whoever_stands_in_and_they_answer(
    asha: User, bryn: User, carys: User, community: Any
) -> None:
    """Neither a member nor a colleague, nobody else; and no other right to the members goes over."""
    for stand_in in (bryn, carys):
        Absence.objects.all().delete()
        gwen = PersonFactory(name="Gwen Asks")
        asked = services.join(community_that_asks(community), gwen)
        answer = f"{community.url}members/{asked.pk}/accept/"
        assert browse(stand_in).post(answer).status_code == 404
        off(asha, stand_in=stand_in)
        asked.refresh_from_db()
        told_of = "Gwen Asks asks to join Foster Care Together"
        assert told_of in titles(stand_in)
        assert "Gwen Asks" in page(stand_in, f"{community.url}members/")
        assert (
            browse(stand_in).post(f"{community.url}members/{asked.pk}/roles/", {"roles": "facilitator"}).status_code
            == 404
        )
        browse(stand_in).post(answer)
        assert gwen.memberships.get().state == "active"
        assert told_of not in titles(stand_in)
        gwen.delete()


def test_a_stand_in_hears_who_asks_to_join(asha: User, carys: User, community: Any) -> None:
    off(asha, stand_in=carys)
    gwen = PersonFactory(name="Gwen Asks")
    services.join(community_that_asks(community), gwen)
    assert "Gwen Asks asks to join" in told(carys)
    Absence.objects.all().delete()
    assert "Gwen Asks asks to join" not in told(carys)


def test_what_was_asked_before_somebody_went_away_reaches_whoever_stands_in(
    asha: User, bryn: User, carys: User, community: Any
) -> None:
    """Once, and nobody else."""
    services.join(community_that_asks(community), PersonFactory(name="Gwen Asks"))
    drain("notices")
    off(asha, first=1, last=3, stand_in=carys)
    tell_later()
    said = "Gwen Asks asks to join"
    assert said not in told(carys)
    Absence.objects.update(first=today())
    for _again in range(2):
        tell_later()
    assert (told(carys).count(said), told(asha).count(said), said in told(bryn)) == (1, 1, False)


def community_that_asks(community: Any) -> Any:
    community.joining = "ask"
    community.save()
    return community
