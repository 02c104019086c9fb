"""Who may say what of whom they invite, and what is said back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client, TestCase
from django.utils import timezone

from accounts.invitations import services
from accounts.invitations.community_views import WAITS
from accounts.invitations.preview import promise
from accounts.models import Invitation, OutsideStay
from communities.models import FACILITATOR, CommunityPage, State
from communities.models.default_roles import facilitator
from communities.services.succession import give
from core.audiences import Audience
from core.dead_addresses import services as dead_addresses
from notifications.models import Happening
from notifications.wording import put_in_words
from people.models import User
from tests.accounts.links import GWEN, from_the_hub, leave, links, press, text
from tests.conftest import browse, invite, next_month
from tests.factories import make_member


@pytest.fixture(autouse=True)
def _operator(settings: Any) -> None:
    settings.STAFF_DOMAINS = ["withermere.example"]


def test_who_works_here_is_said_by_the_operators_rule_or_by_the_hub_team(
    community: CommunityPage, asha: User, hub_team: User
) -> None:
    answers = [invite(asha, community, emails, kind="staff") for emails in ("known@withermere.example", GWEN)]
    assert [str(WAITS) in text(answer) for answer in answers] == [False, True]
    assert [one.to for one in mail.outbox] == [["known@withermere.example"]]
    assert "waits for your word" in text(browse(hub_team).get("/"))
    held = Invitation.objects.get(email=GWEN)
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(hub_team).post(f"/ways-in/invitations/{held.pk}/again/")
    press(links()[-1])
    assert User.objects.get(email=GWEN).is_insider


def test_nobody_from_outside_makes_insiders(private_community: CommunityPage, dev: User) -> None:
    give(dev.memberships.get(), facilitator())
    answer = invite(dev, private_community, "friend@withermere.example", kind="staff")
    assert (answer.status_code, Invitation.objects.exists()) == (422, False)
    answer = invite(dev, private_community, GWEN, kind="resident")
    assert "Nobody who works here answers for this community" in text(answer)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "resident", "purpose": ""}, "Say why they come"),
        ({"kind": "resident", "review_on": ""}, "Say when this is to be looked at again"),
        ({"kind": "resident", "review_on": "2020-01-01"}, "Choose a day between tomorrow and a year from now."),
        ({"kind": "partner", "organisation": ""}, "Name the organisation that they work for."),
        ({"kind": "resident", "sponsor_email": "dev@example.org"}, "Nobody who works here signs in with this address."),
        ({"addresses": "carys@example.org"}, "carys@example.org has an account already."),
        ({"addresses": "gwen@, x"}, "There is no e-mail address in “gwen@”, “x”."),
        ({"addresses": ",".join(f"p{n}@example.org" for n in range(101))}, "These are 101 addresses."),
    ],
)
def test_the_hub_team_reads_what_is_missing(
    hub_team: User, carys: User, dev: User, said: dict[str, str], words: str
) -> None:
    answer = from_the_hub(hub_team, **{"purpose": "Helps.", "review_on": next_month(), **said})
    assert (answer.status_code, words in text(answer), Invitation.objects.exists()) == (422, True, False)


def test_whoever_has_not_said_where_they_belong_is_asked_for_that_alone(hub_team: User) -> None:
    answer = from_the_hub(hub_team, kind="")
    assert "Say whether they work here" in text(answer)
    assert "Say why they come" not in text(answer)


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience.MEMBERS, "which only its members see"),
        (Audience.ORGANISATION, "Whoever works for Withermere Council sees them"),
    ],
)
def test_a_resident_reads_who_else_sees_the_community(community: CommunityPage, audience: str, words: str) -> None:
    community.audience = audience
    community.save()
    assert words in promise("resident", community).sees[1]


def test_an_address_that_no_e_mail_reaches_is_named(hub_team: User, community: CommunityPage, asha: User) -> None:
    from_the_hub(hub_team)
    invite(asha, community, GWEN)
    dead_addresses.stop(GWEN, reason="550 5.1.1 No such user here")
    for reader, page in ((hub_team, "/ways-in/invitations/"), (asha, f"{community.url}members/")):
        assert "No e-mail reaches this address" in text(browse(reader).get(page))
    assert "Look for a slip in the spelling" in text(from_the_hub(hub_team))


def test_an_e_mail_that_was_not_sent_yet_is_on_its_way(hub_team: User) -> None:
    browse(hub_team).post("/ways-in/invitations/new/", {"addresses": GWEN, "kind": "staff"})  # its events wait
    page = text(browse(hub_team).get("/ways-in/invitations/"))
    assert "The e-mail is on its way" in page
    assert "Asked in the hub" not in page


def test_the_hub_team_hears_of_accounts_that_are_off(hub_team: User, community: CommunityPage, carys: User) -> None:
    from_the_hub(hub_team, addresses=str(carys.email), community=str(community.pk))
    leave(carys)
    assert "This account is switched off" in text(browse(hub_team).get("/ways-in/invitations/"))
    answer = from_the_hub(hub_team, addresses=str(carys.email), community=str(community.pk))
    assert (answer.status_code, "is switched off" in text(answer)) == (422, True)


def test_the_hub_team_hears_that_whoever_invited_has_left(hub_team: User, community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    leave(asha)
    assert "Whoever invited has left" in text(browse(hub_team).get("/ways-in/invitations/"))


def test_whoever_signs_out_for_an_invitation_comes_back_to_it(hub_team: User, carys: User) -> None:
    from_the_hub(hub_team)
    browser = browse(carys)
    way_out = f"/account/logout/?next={links()[0]}"
    assert way_out in text(browser.get(links()[0]))
    assert browser.post("/account/logout/", {"next": links()[0]})["Location"] == links()[0]
    assert links()[0] in text(browse(carys).get(way_out))


def test_the_page_of_a_link_tells_where_its_form_comes_from(hub_team: User) -> None:
    """With ``no-referrer`` browsers send ``Origin: null``, and Django refuses the form."""
    from_the_hub(hub_team)
    assert Client().get(links()[0])["Referrer-Policy"] == "strict-origin"


def test_an_invitation_says_what_they_will_see(hub_team: User, private_community: CommunityPage, carys: User) -> None:
    make_member(carys, private_community, FACILITATOR)
    invite(carys, private_community, GWEN)
    sees, hidden = mail.outbox[0].body.split("What you will see:")[1].split("What you will not see:")
    assert "Safe Homes, which only its members see" in sees
    assert "keeps to those who work there" in hidden
    assert "Safe Homes" not in text(browse(hub_team).get("/ways-in/invitations/"))
    from_the_hub(hub_team, addresses="new@withermere.example")
    assert "keeps to those who work there" in mail.outbox[1].body.split("What you will not see:")[0]


def test_nobody_is_written_to_over_and_over(community: CommunityPage, asha: User, carys: User) -> None:
    for _time in range(4):
        answers = [invite(asha, community, address) for address in (GWEN, str(carys.email))]
    assert ["was written to often enough today" in text(answer) for answer in answers] == [True, True]
    assert sum(one.to == [GWEN] for one in mail.outbox) == 3


def test_a_private_word_stays_out_of_the_logs(community: CommunityPage, asha: User) -> None:
    from core.logs import hidden

    invite(asha, community, GWEN)
    line = f'"GET /account/login/?next={links()[0]} HTTP/1.1" 200'
    assert links()[0].split("/")[-2] not in hidden(line)


def test_what_is_long_over_is_forgotten(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        services.forget_old()
    assert not Invitation.objects.exists()
    assert not OutsideStay.objects.exists()


def test_whoever_invited_them_hears_that_they_said_yes(community: CommunityPage, asha: User) -> None:
    invite(asha, community, GWEN)
    press(links()[0])
    [row] = Happening.objects.filter(kind="accounts.invitation_accepted")
    [told] = put_in_words(asha, [row])
    assert str(told.words.title) == "Gwen Rees, whom you invited, said yes to Foster Care Together"
    community.audience = "members"
    community.save()
    asha.memberships.update(state=State.ENDED, until=timezone.now())
    assert put_in_words(User.objects.get(pk=asha.pk), [row]) == []
