"""Who gets what at the addresses of ``conversations``."""

from collections.abc import Callable

from django.utils import timezone

from conversations.choices import Kind
from conversations.models import Attachment, Case, Conversation, Delegation, IncomingMail
from people.models import User
from tests.factories import PersonFactory
from tests.visibility.rows import (
    ANYBODY,
    DONE_BY_READERS,
    DONE_BY_WRITERS,
    HUB_TEAM_ALONE,
    NOT_EVEN_MEMBERS,
    SAID_BY_READERS,
    SIGNED_IN_INSIDERS,
    SIGNED_IN_MEMBERS,
    WHO_SIGNED_IN,
    WRITERS,
    Row,
    by_audience,
    by_hub_team,
    same,
)
from tests.visibility.world import Shelf

HELPERS = ("sign-in 404 200 200 404 404", NOT_EVEN_MEMBERS, "sign-in 404 404 404 200 404")
"""Whoever answers in a community: its members."""


def _post(deed: str) -> Callable[[Shelf], str]:
    """Where somebody does something with the answer."""
    return lambda shelf: f"/conversations/posts/{shelf.conversation.posts.get(number=2).pk}/{deed}/"


def _talk(deed: str = "") -> Callable[[Shelf], str]:
    return lambda shelf: f"/conversations/{shelf.conversation.pk}/{deed}"


def _idea_of(deed: str) -> Callable[[Shelf], str]:
    return lambda shelf: f"/conversations/{_consultation(shelf)}/{deed}/"


def _consultation(shelf: Shelf) -> int:
    return int(Conversation.objects.get(community=shelf.community, kind=Kind.CONSULTATION).pk)


def _mailed(shelf: Shelf) -> str:
    """What somebody who is none of the cast wrote by e-mail."""
    mine = {"person": shelf.conversation.begun_by, "conversation": shelf.conversation}
    return IncomingMail.objects.get_or_create(key="1", defaults={"text": shelf.conversation.title}, **mine)[
        0
    ].get_absolute_url()


def _guest(shelf: Shelf) -> int:
    """Somebody who is invited to it, and has not come; the hub team answers for nobody there."""
    terms = {"community": shelf.community, "purpose": "To count.", "until": timezone.localdate()}
    found, _new = shelf.conversation.guests.get_or_create(email="guest@example.org", ended=None, defaults=terms)
    return int(found.pk)


def _delegation(deed: str) -> Callable[[Shelf], str]:
    """Between two who are none of the cast."""

    def address(shelf: Shelf) -> str:
        today = timezone.localdate()
        others = User.objects.filter(email__in=("principal@example.org", "delegate@example.org")).order_by("-email")
        if not others:
            others = [PersonFactory(email=f"{part}@example.org") for part in ("principal", "delegate")]
        pair = {"principal": others[0], "delegate": others[1]}
        found, _new = Delegation.objects.get_or_create(**pair, ended=None, defaults={"since": today, "until": today})
        return f"/conversations/delegates/{found.pk}/{deed}/"

    return address


def _undone(shelf: Shelf) -> str:
    """Where somebody takes back what was just done with it."""
    return f"/conversations/undo/{shelf.conversation.history.create(action='move', data={'last': -1}).pk}/"


ADDRESSES: dict[str, Row] = {
    "conversations/files/<uuid:key>/": by_audience(
        lambda shelf: Attachment.objects.get(post__conversation=shelf.conversation).get_absolute_url()
    ),
    "conversations/<int:pk>/stage/": Row(_idea_of("stage"), *WRITERS),
    "conversations/<int:pk>/closing-day/": Row(_idea_of("closing-day"), *WRITERS),
    "conversations/<int:pk>/poll/": by_audience(_idea_of("poll")),
    "conversations/<int:pk>/poll/new/": Row(_idea_of("poll/new"), *WRITERS),
    "conversations/<int:pk>/poll/close/": Row(_idea_of("poll/close"), *DONE_BY_WRITERS, "post"),
    "conversations/<int:pk>/poll/take-back/": Row(_idea_of("poll/take-back"), *DONE_BY_WRITERS, "post"),
    "conversations/": same("/conversations/?only=all", ANYBODY),
    "conversations/listening/": same("/conversations/listening/", ANYBODY),
    "conversations/in/<any_slug:slug>/listening/": by_audience(
        lambda shelf: f"/conversations/in/{shelf.community.slug}/listening/"
    ),
    "conversations/ask/": same("/conversations/ask/?about=lantern+beans", WHO_SIGNED_IN),
    "conversations/in/<any_slug:slug>/": by_audience(lambda shelf: f"/conversations/in/{shelf.community.slug}/"),
    "conversations/in/<any_slug:slug>/new/": Row(
        lambda shelf: f"/conversations/in/{shelf.community.slug}/new/",
        *(WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS),
    ),
    "conversations/promise/": same("/conversations/promise/", ANYBODY),
    "conversations/in/<any_slug:slug>/promise/": Row(
        lambda shelf: f"/conversations/in/{shelf.community.slug}/promise/", *WRITERS
    ),
    "conversations/<int:pk>/names/": Row(_talk("names/?q=a"), *[row.replace("sign-in", "404") for row in HELPERS]),
    "conversations/in/<any_slug:slug>/names/": Row(
        lambda shelf: f"/conversations/in/{shelf.community.slug}/names/?q=a",
        *(row.replace("sign-in", "404") for row in (WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS)),
    ),
    "conversations/<int:pk>/look/": Row(_talk("look/"), *(row.replace("200", "302") for row in HELPERS), "post"),
    "conversations/<int:pk>/ask-back/": Row(_talk("ask-back/"), *HELPERS),
    "conversations/<int:pk>/withdraw/": Row(_talk("withdraw/"), *[NOT_EVEN_MEMBERS] * 3),
    "conversations/<int:pk>/ask-again/": Row(_talk("ask-again/"), *[NOT_EVEN_MEMBERS] * 3, "post"),
    "conversations/<int:pk>/": by_audience(_talk()),
    "conversations/<int:pk>/since/<int:number>/": by_audience(_talk("since/0/")),
    "conversations/<int:pk>/read/<int:number>/": Row(_talk("read/0/"), *SAID_BY_READERS, "post"),
    "conversations/<int:pk>/new/": Row(_talk("new/"), *DONE_BY_READERS),
    "conversations/<int:pk>/follow/<slug:level>/": Row(_talk("follow/mute/"), *DONE_BY_READERS, "post"),
    "conversations/<int:pk>/topics/": Row(_talk("topics/"), *WRITERS),
    "conversations/<int:pk>/close/": Row(_talk("close/"), *WRITERS),
    "conversations/<int:pk>/reopen/": Row(_talk("reopen/"), *DONE_BY_WRITERS, "post"),
    "conversations/<int:pk>/pin/": Row(_talk("pin/"), *DONE_BY_WRITERS, "post"),
    "conversations/posts/<int:pk>/changes/": by_audience(_post("changes")),
    "conversations/posts/<int:pk>/edit/": Row(_post("edit"), *[NOT_EVEN_MEMBERS] * 3),
    "conversations/posts/<int:pk>/remove/": Row(_post("remove"), *WRITERS),
    "conversations/posts/<int:pk>/put-back/": Row(_post("put-back"), *DONE_BY_WRITERS, "post"),
    "conversations/posts/<int:pk>/answer/": Row(_post("answer"), *DONE_BY_WRITERS, "post"),
    "conversations/posts/<int:pk>/say/<slug:feeling>/": Row(_post("say/thanks"), *DONE_BY_READERS, "post"),
    "conversations/posts/<int:pk>/flag/": Row(_post("flag"), *(WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS)),
    "conversations/posts/<int:pk>/appeal/": Row(_post("appeal"), *[NOT_EVEN_MEMBERS] * 3),
    "conversations/<int:pk>/move/": Row(_talk("move/"), *WRITERS),
    "conversations/<int:pk>/split/": Row(_talk("split/"), *WRITERS),
    "conversations/<int:pk>/merge/": Row(_talk("merge/"), *WRITERS),
    "conversations/<int:pk>/lock/": Row(_talk("lock/"), *WRITERS),
    "conversations/<int:pk>/unlock/": Row(_talk("unlock/"), *DONE_BY_WRITERS, "post"),
    "conversations/<int:pk>/guests/": Row(_talk("guests/"), *WRITERS),
    "conversations/<int:pk>/guests/leave/": Row(_talk("guests/leave/"), *[NOT_EVEN_MEMBERS] * 3),
    "conversations/<int:pk>/guests/<int:guest>/keep/": Row(
        lambda shelf: f"/conversations/{shelf.conversation.pk}/guests/{_guest(shelf)}/keep/", *WRITERS
    ),
    "conversations/<int:pk>/guests/<int:guest>/end/": Row(
        lambda shelf: f"/conversations/{shelf.conversation.pk}/guests/{_guest(shelf)}/end/", *DONE_BY_WRITERS, "post"
    ),
    "conversations/undo/<int:pk>/": Row(_undone, *DONE_BY_WRITERS, "post"),
    "conversations/delegates/": same("/conversations/delegates/", SIGNED_IN_INSIDERS),
    "conversations/delegates/all/": by_hub_team(lambda _shelf: "/conversations/delegates/all/"),
    "conversations/delegates/<int:pk>/accept/": Row(
        _delegation("accept"), *[NOT_EVEN_MEMBERS] * 3, "post", shared=True
    ),
    "conversations/delegates/<int:pk>/end/": by_hub_team(_delegation("end"), "post"),
    "conversations/by-mail/": same("/conversations/by-mail/", WHO_SIGNED_IN),
    "conversations/by-mail/<int:pk>/": Row(_mailed, *[NOT_EVEN_MEMBERS] * 3),
    "conversations/reports/": same("/conversations/reports/", "sign-in 404 404 200 404 200"),
    "conversations/reports/<int:pk>/": Row(
        lambda shelf: Case.objects.get(post__conversation=shelf.conversation).get_absolute_url(),
        *("sign-in 404 404 200 404 404", HUB_TEAM_ALONE, HUB_TEAM_ALONE),
    ),
}
