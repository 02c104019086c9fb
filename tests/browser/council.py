"""The demo council behind a server of its own, as ``make run`` shows it, but without DEBUG."""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page

from demo.cast import PASSWORD
from tests.database import Sqlite, state_of_migrations

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "cache" / "browser"
PATIENCE = 60  # seconds until the server must answer

SOURCES = (
    "tests/browser/council.py",
    "*/migrations/*.py",
    "demo/**/*.py",
    "demo/**/*.toml",
    "search/**/*.py",
    "*/search_documents.py",
)
PRIYA = "priya.nair@withermere.example"  # staff
SIOBHAN = "siobhan.keogh@withermere.example"  # facilitator and editor
HANNAH = "hannah.whitlock@withermere.example"  # resident
TEAM = "hub.team@withermere.example"  # administrator
NOBODY = ""
LINK = "a-link-that-nobody-guesses"
LINK_TO_ANSWER = "a-link-that-somebody-answers"
LOADED = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_demo", verbosity=0)
"""
DECIDED = f"""
from communities import services
from communities.models import CommunityPage, Membership, State
from people.models import User
siobhan, team = (User.objects.get(email=email) for email in ("{SIOBHAN}", "{TEAM}"))
member = services.join(CommunityPage.objects.get(slug="foster-care-together"), team)
member = member if member.state == State.ACTIVE else services.accept(member, by=siobhan)
services.remove(member, by=siobhan, reason="You asked us to.")
bridge = CommunityPage.objects.get(slug="carers-bridge")
services.invite(bridge, team, by=Membership.objects.stewards().filter(community=bridge).first().person)
from datetime import timedelta
from django.utils import timezone
from accounts.invitations import tokens
from accounts.models import Invitation, OutsideStay
foster = CommunityPage.objects.get(slug="foster-care-together")
day = timezone.localdate() + timedelta(days=10)
stay = dict(purpose="Knows hedges and hedgehogs", review_on=day)
said = dict(stay, kind="resident", word="Your hedges are famous.", sponsor=siobhan)
by = dict(community=foster, invited_by=siobhan)
tokens.renew(Invitation.objects.create(email="gwen.rees@example.net", name="Gwen Rees", **said, **by), "{LINK}")
ivo = Invitation.objects.create(email="ivo.hale@example.net", name="Ivo Hale", **said, **by)
tokens.renew(ivo, "{LINK_TO_ANSWER}")
Invitation.objects.create(email="pat.moss@example.net", kind="staff", is_held=True, **by)
OutsideStay.objects.create(person=User.objects.get(email="{HANNAH}"), sponsor=siobhan, **stay)
"""
"""What others decide about somebody, as the demo has it for nobody: an invitation, and a membership that was ended."""
TALKED = f"""
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from communities.kept_texts import services as kept_texts
from communities.models import CommunityPage, Role
from communities.services import responsibilities
from conversations import services as talk
from conversations.choices import Kind, Method, ReportReason, Voters
from conversations.models import Conversation, Guest, IncomingMail
from conversations.moderation import services as moderation
from conversations.polls import services as polls
from people.models import User
hannah, siobhan, priya = (User.objects.get(email=email) for email in ("{HANNAH}", "{SIOBHAN}", "{PRIYA}"))
shoes = Conversation.objects.get(title__contains="school shoes")
moderation.report(shoes.posts.get(number=2), hannah, ReportReason.UNKIND, "It laughs at my sister.")
talk.remove(shoes.posts.filter(author=hannah).last(), siobhan, "It says where a child lives.")
library = Conversation.objects.get(title__contains="at the library is full")
options = ["Another table", "A list at the door", "A second Thursday"]
said = dict(method=Method.RANKED, is_secret=True, voters=Voters.READERS, last_day=None)
polls.set_up(library, library.begun_by, "What helps most?", options, **said)
foster = CommunityPage.objects.get(slug="foster-care-together")
cot = talk.begin(foster, Kind.QUESTION, "Who has a travel cot to lend?", "Until Friday.", "everyone", hannah, uuid4())
talk.edit(cot.posts.get(number=1), "Until Friday, for **two** nights.", hannah)
terms = dict(purpose="Knows the room.", until=timezone.localdate() + timedelta(days=30), came=timezone.now())
terms |= dict(sponsor=priya, invited_by=priya, email=hannah.email, person=hannah)
path = Conversation.objects.get(title__contains="Which path shall be lit")
Guest.objects.create(conversation=path, community=path.community, **terms)
IncomingMail.objects.create(person=priya, conversation=cot, key="1", text="I have one.", subject="Re: a cot")
said = ("What is missing in the handbook?", "Say it here.", "everyone", siobhan, uuid4())
talk.begin(foster, Kind.CONSULTATION, *said)
kept_texts.keep(hannah, CommunityPage, foster, foster, [("Purpose", "To be there on the first evening.")])
typed = dict(title="Is it lit?", text="I come after work, **with a boat**.")
for slug in ("winter-warmth", "benefits-first-visit"):
    talk.keep_draft(CommunityPage.objects.get(slug=slug), hannah, typed)
talk.keep_draft(cot, siobhan, dict(text="I have one."))
mentor = Role.objects.get(slug="mentor")
asked = mentor.responsibilities.first().text.splitlines()[1:]
responsibilities.publish(mentor, chr(10).join([*asked, "Say a day before that you cannot come."]), siobhan)
"""
"""What the demo has nowhere: a post that is reported, one that is removed, one that was edited, a question and a
consultation of people who sign in, a guest, an e-mail, a poll that is open, words that are kept, drafts, a role that
asks for something new."""


def sign_in(page: Page, person: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(person)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/")


@contextmanager
def serving(folder: Path, address: str = "", **environment: str) -> Iterator[str]:
    """The address of a hub over a copy of the council in ``folder``, so that a worker changes its own copy only. The
    same folder at the same ``address`` is the same hub, started again.
    """
    if not folder.exists():
        with _one_at_a_time():
            shutil.copytree(_council(), folder)
    address = address or f"http://127.0.0.1:{_free_port()}"
    command = ("runserver", "--noreload", "--insecure", "--skip-checks", address.removeprefix("http://"))
    environment = {"BASE_URL": address, **environment}
    with (folder / "log").open("a") as log, _start(*command, folder=folder, log=log, **environment) as server:
        try:
            _wait_for(f"{address}/healthz")
            yield address
        finally:
            server.terminate()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Workers wait here for each other: only the first makes the council."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _council() -> Path:
    """The folder with its database and index. It is made again when tables, demo or search change, and every day,
    since its dates are counted from today.
    """
    made = KEPT / _fingerprint()
    if not made.exists():
        for old in filter(Path.is_dir, KEPT.iterdir()):
            shutil.rmtree(old)
        making = KEPT / "making"
        making.mkdir()
        if (migrated := Sqlite(state_of_migrations())).is_there():
            shutil.copyfile(migrated.file, making / "hub.sqlite3")  # to migrate takes half a minute
        shell(LOADED + DECIDED + TALKED, folder=making)  # in one process: each takes seconds to begin
        making.rename(made)
    return made


def _fingerprint() -> str:
    sources = (file for pattern in SOURCES for file in sorted(ROOT.glob(pattern)))
    content = b"".join(file.read_bytes() for file in sources)
    return hashlib.sha256(content + f"{datetime.now(UTC):%Y-%m-%d}".encode()).hexdigest()[:16]


def _start(*command: str, folder: Path, log: object, **environment: str) -> "subprocess.Popen[bytes]":
    places = {
        "DATABASE_URL": f"sqlite:///{folder / 'hub.sqlite3'}",
        "SEARCH_URL": f"sqlite:///{folder / 'search'}",
        "MEDIA_ROOT": str(folder / "media"),
    }
    settings = {"DJANGO_SETTINGS_MODULE": "hub.settings.development", "DEBUG": "false", "EMAIL_URL": "dummymail://"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.browser.manage", *command],
        cwd=ROOT,
        env={**os.environ, **settings, **places, **environment},
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def shell(code: str, *, folder: Path) -> None:
    """Run ``code`` with the hub of ``folder``: for what no form would let through."""
    with _start("shell", "--no-imports", "-c", code, folder=folder, log=subprocess.PIPE) as running:
        said = running.stdout.read().decode() if running.stdout else ""
    assert running.returncode == 0, said


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {PATIENCE} seconds.")
