"""What people do where they talk: they begin, answer, say a word, vote, follow, mark an answer and thank."""

import re
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.crowd.people import SimulatedPerson

WORDS = (
    "The form is on page three, and the **second** box is the one that counts.",
    "Ask at the library: they lend one for a week.",
    "We tried it on our street, and it held all winter.",
    "Could somebody say when this is decided?",
)
SAYING = re.compile(r'action="(/conversations/posts/\d+/say/\w+/)"')
MARKING = re.compile(r'action="(/conversations/posts/\d+/answer/)"')
CHOICE = re.compile(r'name="choice"[^>]* value="(\d+)"')


def read_talk(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.get("conversation", chance.choice(hub["talks"]))


def read_lists_of_talk(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    where = (f"in/{chance.choice(hub['communities'])}/", "", "?only=all", "?kind=question")
    person.get("conversations", f"/conversations/{chance.choice(where)}")


def look_into_the_inbox(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.get("inbox", "/inbox/")
    if chance.random() < 0.3:
        person.post("inbox: read", "/inbox/read/")


def begin(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    where = f"/conversations/in/{chance.choice(hub['communities'])}/new/"
    person.send_form("begin", where, text=chance.choice(WORDS), title=f"Asked on round {chance.randrange(999)}")


def say(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    """Answer where others may be answering, too."""
    person.send_form("post", chance.choice(hub["talks"]), text=f"{chance.choice(WORDS)} ({chance.randrange(9999)})")


def say_a_word(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    press_one(person, chance, chance.choice(hub["talks"]), SAYING, "a word")


def mark_an_answer(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    press_one(person, chance, chance.choice(hub["talks"]), MARKING, "mark")


def press_one(person: "SimulatedPerson", chance: Random, talk: str, button: re.Pattern[str], kind: str) -> None:
    """Press one of the buttons that the page of a conversation has for this person."""
    buttons = button.findall(person.get("conversation", talk))
    if buttons:
        person.post(kind, chance.choice(buttons))


def follow(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    person.post("follow", f"{chance.choice(hub['talks'])}follow/{chance.choice(('follow', 'normal', 'mute'))}/")


def vote(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    where = f"{chance.choice(hub['polled'])}poll/"
    options = CHOICE.findall(person.get("poll", where))
    if options:
        person.post("vote", where, choice=chance.choice(options))


def thank(person: "SimulatedPerson", chance: Random, hub: dict[str, Any]) -> None:
    where = f"/thanks/give/?to={chance.choice(hub['people']).strip('/').rpartition('/')[2]}"
    person.send_form("thanks", where, words=f"You showed me how. ({chance.randrange(9999)})")
