"""What is wrong with an installation is said in a sentence, with what to do: each fault is a real one."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site

from core.doctor import CHECKS, Check, examine, mail
from core.heartbeats import WORKER, Heartbeat, beat, last, worker_is_there
from core.models import BrandingSettings
from core.outbox import Delivery
from core.outbox.tasks import ask
from core.working_days.models import ClosedDay
from indexing import maintenance, queue
from people.models import User
from search import services as search
from tests.core.mail_server import mail_server
from tests.factories import StoryFactory

ROOT = Path(__file__).parents[2]
SMTP = "django.core.mail.backends.smtp.EmailBackend"
KEY = "a key that nobody can guess, of fifty letters and more"


def complaints(name: str) -> list[Any]:
    return [one for finding in examine([name]) for one in finding.complaints]


def said(name: str) -> str:
    return " ".join(f"{one.what} {one.do}" for one in complaints(name))


@pytest.fixture
def live(settings: Any) -> Any:
    """A hub that people use."""
    settings.IN_PRODUCTION = True
    settings.SECRET_KEY = KEY
    return settings


@pytest.fixture
def with_a_worker(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


# -- the command -------------------------------------------------------------------------------------------------------
def test_a_hub_that_is_well(hub_team: User, index: None) -> None:
    told = StringIO()
    call_command("doctor", stdout=told)
    assert "Nothing is wrong" in told.getvalue()
    assert "wrong  " not in told.getvalue()


def test_what_is_wrong_ends_with_one_and_is_data_too(home: Any) -> None:
    told = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "administrators", "--json", stdout=told)
    assert ended.value.code == 1
    data = json.loads(told.getvalue())
    assert data["well"] is False
    assert "createsuperuser" in data["checks"]["administrators"][0]["do"]


def test_a_check_that_fails_keeps_no_other_from_being_asked(home: Any) -> None:
    CHECKS.add("tests: broken", Check(lambda: [1 / 0]), order=-1)  # type: ignore[list-item]  # it never returns
    try:
        assert "ZeroDivisionError" in said("tests: broken")
    finally:
        CHECKS.remove("tests: broken")


@pytest.mark.slow
def test_without_a_database_it_says_so_and_nothing_else_breaks() -> None:
    environment = {**os.environ, "DATABASE_URL": "postgres://hub@127.0.0.1:1/hub", "EMAIL_URL": "dummymail://"}
    environment["DJANGO_SETTINGS_MODULE"] = "hub.settings.development"
    command = [sys.executable, "manage.py", "doctor", "--json"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert "does not answer" in json.loads(ran.stdout)["checks"]["database"][0]["what"]


# -- database ----------------------------------------------------------------------------------------------------------
def test_migrations_that_are_missing(home: Any) -> None:
    MigrationRecorder.Migration.objects.filter(app="wagtailredirects").delete()
    assert "wagtailredirects.0001" in said("migrations")


def test_clocks_that_are_apart(home: Any) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        assert "seconds apart" in said("clock")


# -- mail --------------------------------------------------------------------------------------------------------------
def test_a_mail_server_that_takes_the_hub(home: Any, settings: Any) -> None:
    with mail_server(settings):
        assert complaints("mail") == []
    assert "cannot be reached" in said("mail")  # it has gone


def test_a_mail_server_that_refuses_the_sender(home: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_args: Any) -> str:
        return "553 Not one of ours"

    with mail_server(settings) as post:
        monkeypatch.setattr(type(post), "handle_MAIL", refuse, raising=False)
        BrandingSettings(sender_address="moot@fell.example").save()
        assert "does not take moot@fell.example as a sender: 553 Not one of ours" in said("mail")


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Somebody who takes a call, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_mail_server_that_hangs(home: Any, settings: Any, silent_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "PATIENCE", 1)
    settings.EMAIL_CARRIER, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", silent_port
    began = time.monotonic()
    assert "did not answer within 1 seconds" in said("mail")
    assert time.monotonic() - began < 30  # the server itself would keep it for ever


def test_e_mails_that_go_nowhere(home: Any, live: Any) -> None:
    live.EMAIL_CARRIER, live.DEFAULT_FROM_EMAIL = "django.core.mail.backends.console.EmailBackend", ""
    assert "do not leave the hub" in said("mail")
    assert "have no sender" in said("mail")


def test_a_provider_of_sign_on_that_is_away(home: Any, settings: Any) -> None:
    settings.SIGN_ON = [{"name": "Fell ID", "settings": {"server_url": "http://127.0.0.1:1"}}]
    assert "Fell ID, with which people sign on, cannot be reached" in said("sign-on")


# -- what works by itself ----------------------------------------------------------------------------------------------
def test_no_worker(home: Any, with_a_worker: None) -> None:
    ask(queue.CONSUMER)
    assert complaints("worker") == []
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))
    assert "No worker runs: the oldest task has waited for 60 minutes" in said("worker")


def test_a_worker_that_stopped_is_missed(home: Any, with_a_worker: None) -> None:
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert DBTaskResult.objects.filter(task_path__endswith="worker_is_there").count() == 1  # not asked twice
    worker_is_there.func()  # as a worker does
    DBTaskResult.objects.all().delete()
    assert last(WORKER)
    assert complaints("worker") == []
    Heartbeat.objects.filter(name=WORKER).update(at=timezone.now() - timedelta(hours=1))
    assert "last said that it is there 60 minutes ago" in said("worker")


def test_what_was_set_aside_and_what_is_behind(home: Any) -> None:
    now = timezone.now()
    common = {"consumer": "x", "kind": "x.y"}
    Delivery.objects.create(subject="a:1", set_aside=now, **common)
    Delivery.objects.create(subject="a:2", due=now - timedelta(hours=3), **common)
    assert "1 events were set aside" in said("outbox")
    assert "due 3 hours ago" in said("outbox")


def test_what_was_not_run_by_the_clock(home: Any, live: Any) -> None:
    MigrationRecorder.Migration.objects.update(applied=timezone.now())  # the kept database may be hours old
    assert complaints("by the clock") == []  # the hub is younger than a day
    MigrationRecorder.Migration.objects.update(applied=timezone.now() - timedelta(days=3))
    assert "“manage.py tidy” has never been run" in said("by the clock")
    for name in ("publish_scheduled", "tidy", "check_audiences"):
        call_command(name, **({"repair": True} if name == "check_audiences" else {}))
        assert f"manage.py {name}" not in said("by the clock")
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        assert "“manage.py tidy” has not come to its end for 2 days" in said("by the clock")


@pytest.fixture
def index(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'index'}"}
    maintenance.rebuild()


def test_an_index_that_is_not_there(home: Any, settings: Any, tmp_path: Path) -> None:
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'index'}"}
    assert "search rebuild" in said("index")


def test_an_index_that_lacks_something(community: Any, index: None) -> None:
    assert complaints("index") == []
    with search.paused():
        StoryFactory(title="Nineteen carers")
    assert "search check --repair" in said("index")


# -- disks -------------------------------------------------------------------------------------------------------------
def test_a_disk_that_is_full(home: Any, settings: Any) -> None:
    settings.DOCTOR_FREE_GB = 10_000_000
    assert "GB left on the disk" in said("space")


@pytest.mark.parametrize(
    ("content", "hours", "wrong"),
    [(b"dump", 1, ""), (b"dump", 29, ""), (b"dump", 40, "40 hours old"), (b"", 1, "is empty"), (None, 0, "No backup")],
)
def test_backups(home: Any, settings: Any, tmp_path: Path, content: bytes | None, hours: int, wrong: str) -> None:
    settings.BACKUPS = str(tmp_path)
    if content is not None:
        (tmp_path / "night").mkdir()
        (tmp_path / "night" / "hub.dump").write_bytes(content)
        os.utime(tmp_path / "night" / "hub.dump", (time.time() - hours * 3600,) * 2)
    assert wrong in said("backups") if wrong else complaints("backups") == []


def test_backups_that_nobody_can_find(home: Any, live: Any) -> None:
    live.BACKUPS = "/no/such/folder"
    assert "There is no folder" in said("backups")
    live.BACKUPS = ""
    assert "does not know where its backups lie" in said("backups")


# -- settings ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("DEBUG", True, "DEBUG is on"),
        ("SECRET_KEY", "development only: production refuses to start without a key of its own", "can be guessed"),
        ("SECRET_KEY", "short", "can be guessed"),
        ("SESSION_COOKIE_SECURE", False, "without HTTPS"),
        ("ALLOWED_HOSTS", ["*"], "answers to any name"),
        ("SECURE_HSTS_SECONDS", 0, "W004"),
    ],
)
def test_what_must_not_be_left_on(home: Any, live: Any, name: str, value: Any, wrong: str) -> None:
    live.SESSION_COOKIE_SECURE = live.CSRF_COOKIE_SECURE = live.SECURE_SSL_REDIRECT = True
    live.SECURE_HSTS_SECONDS, live.ALLOWED_HOSTS = 3600, ["hub.example"]
    live.SECURE_HSTS_INCLUDE_SUBDOMAINS = live.SECURE_HSTS_PRELOAD = True
    assert wrong not in said("settings")
    setattr(live, name, value)
    assert wrong in said("settings")


def test_links_that_lead_elsewhere(home: Any, settings: Any) -> None:
    Site.objects.update(hostname="elsewhere.example")
    assert "is http://elsewhere.example" in said("addresses")


def test_styles_that_were_not_collected(home: Any, settings: Any) -> None:
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    assert "collectstatic" in said("static files")


def test_a_cache_that_keeps_nothing(home: Any, settings: Any) -> None:
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert "keeps nothing" in said("cache")


def test_bank_holidays_that_are_over(home: Any) -> None:
    assert complaints("bank holidays") == []
    ClosedDay.objects.filter(date__gt=timezone.localdate()).delete()
    assert "import_closed_days" in said("bank holidays")


def test_a_beat_is_kept_once(home: Any) -> None:
    beat("tidy")
    beat("tidy")
    assert Heartbeat.objects.filter(name="tidy").count() == 1
