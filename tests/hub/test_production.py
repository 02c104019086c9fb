"""What a hub that people use refuses to start or to pass without."""

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core import checks

from tools.check import SAMPLE

ROOT = Path(__file__).parents[2]


def held(module: str, **environment: str) -> dict[str, Any]:
    """The settings that an environment gives."""
    with mock.patch.dict(os.environ, {"SECRET_KEY": "x", "ALLOWED_HOSTS": "hub.example", **environment}, clear=False):
        return runpy.run_module(f"hub.settings.{module}")


def deploy(**changed: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **SAMPLE, **changed}
    command = [sys.executable, "manage.py", "check", "--deploy"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, ""),
        ({"EMAIL_URL": "consolemail://"}, "core.E010"),
        ({"EMAIL_URL": "dummymail://"}, "core.E010"),
        ({"DEFAULT_FROM_EMAIL": ""}, "core.E011"),
    ],
)
def test_without_a_mail_server_and_a_sender_the_check_for_deployment_fails(changed: dict[str, str], wrong: str) -> None:
    checked = deploy(**changed)
    assert (checked.returncode == 0) is (not wrong)
    assert wrong in checked.stderr


def test_the_sender_has_no_default_in_production() -> None:
    with mock.patch.dict(os.environ):
        os.environ.pop("DEFAULT_FROM_EMAIL", None)
        assert held("production")["DEFAULT_FROM_EMAIL"] == ""


@pytest.mark.parametrize(("environment", "proxies"), [({}, 1), ({"HTTPS": "false"}, 0), ({"TRUSTED_PROXIES": "2"}, 2)])
def test_the_proxies_are_counted(environment: dict[str, str], proxies: int) -> None:
    assert held("production", **environment)["ALLAUTH_TRUSTED_PROXY_COUNT"] == proxies


@pytest.mark.parametrize(
    ("module", "address", "people_use_it"),
    [
        ("production", "http://hub.example", True),
        ("development", "https://hub.example", True),
        ("development", "http://127.0.0.1:8000", False),
    ],
)
def test_a_hub_that_people_use_knows_it(module: str, address: str, people_use_it: bool) -> None:
    with mock.patch("hub.settings.base.WAGTAILADMIN_BASE_URL", address):
        assert held(module)["IN_PRODUCTION"] is people_use_it


def test_work_on_the_hub_needs_no_mail_server() -> None:
    assert not [error for error in checks.run_checks() if error.id in ("core.E010", "core.E011")]
