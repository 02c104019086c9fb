"""What people do in a hub: each deed is one or more requests of one person."""

import re
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.crowd import talk

if TYPE_CHECKING:
    from benchmarks.crowd.people import SimulatedPerson

QUESTIONS = (
    "help for people who look after somebody at home", "damp houses", "foster carers", "potholes", "warm homes",
    "who can help with a form", "parks after dark", "kinship care allowance", "benefits first visit",
    "school transport",
)  # fmt: skip
LISTS = ("/", "/communities/", "/stories/", "/surgeries/", "/guidance/", "/people/", "/reading/", "/reading/searches/")
ANSWERING = re.compile(r'action="([^"]+/members/\d+/(?:accept|decline)/)"')


def read_list(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.get("list", chance.choice(LISTS))


def read_page(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    kind = chance.choice(("stories", "guidance", "dates", "people"))
    person.get("page", chance.choice(hub[kind]))


def read_community(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.get("community", f"/communities/{chance.choice(hub['communities'])}/")


def search(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.get("search", "/search/", q=f"{chance.choice(QUESTIONS)} {chance.choice(('', 'today', 'near me'))}".strip())


def suggest(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.get("suggestions", "/search/suggestions/", q=chance.choice(QUESTIONS)[:4])


def join(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.post("join", f"/communities/{chance.choice(hub['communities'])}/join/", note="Here to help")


def leave(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.post("leave", f"/communities/{chance.choice(hub['communities'])}/leave/")


def answer(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    """Whoever facilitates one of them says yes or no to somebody who asked."""
    for slug in chance.sample(hub["communities"], 3):
        waiting = ANSWERING.findall(person.get("members", f"/communities/{slug}/members/"))
        if waiting:
            person.post("answer", chance.choice(waiting))
            return


def save(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    deed = chance.choice(("save", "unsave", "opened", "dismiss", "restore"))
    person.post(f"reading: {deed}", f"/reading/{deed}/{chance.choice(hub['things'])}/")


def save_search(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.post("save a search", "/reading/searches/save/", q=chance.choice(QUESTIONS))


def tell_of_oneself(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    """Change one's own page, as its form sends it."""
    person.send_form("profile", "/people/me/", about=f"Ask me about {chance.choice(QUESTIONS)}.")


def check_guidance(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.post("still holds", f"{chance.choice(hub['guidance'])}checked/")


def invite(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    """Whoever facilitates it asks somebody to join."""
    where = f"/communities/{chance.choice(hub['communities'])}/members/invite/"
    person.post("invite", where, addresses=chance.choice(hub["addresses"]), kind="staff")


def answer_invitation(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    for slug in chance.sample(hub["communities"], 3):
        person.post("invitation", f"/communities/{slug}/invitation/", answer=chance.choice(("yes", "yes", "no")))


def report(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.post("report", "/report/", text="The opening hours are wrong.", page=chance.choice(hub["stories"]))


Deed = Callable[["SimulatedPerson", Random, dict[str, Any]], None]
MIX: dict[Deed, int] = {
    read_list: 20, read_page: 25, read_community: 15, search: 12, suggest: 6, join: 8, leave: 5, answer: 3, save: 8,
    save_search: 2, tell_of_oneself: 3, check_guidance: 2, invite: 4, answer_invitation: 2, report: 1,
    talk.read_talk: 12, talk.read_lists_of_talk: 5, talk.look_into_the_inbox: 4, talk.say: 8, talk.begin: 2,
    talk.say_a_word: 4, talk.mark_an_answer: 1, talk.follow: 2, talk.vote: 4, talk.thank: 3,
}  # fmt: skip
"""Each deed with how often it is done, in a hundred and sixty or so. Most of what people do is reading."""
