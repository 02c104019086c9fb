"""The pinned packages run on every Python that the README names, also on Debian's own."""

from importlib import metadata
from tomllib import loads

from django.conf import settings
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = settings.BASE_DIR


def test_every_pinned_package_takes_the_oldest_python_that_the_hub_takes() -> None:
    oldest = loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=") + ".0"
    pins = [
        Requirement(line) for line in (ROOT / "constraints.txt").read_text().splitlines() if line[:1] not in ("", "#")
    ]
    assert len(pins) > 50
    wanted = {pin.name: metadata.metadata(pin.name).get("Requires-Python") or "" for pin in pins}
    assert {name: range_ for name, range_ in wanted.items() if oldest not in SpecifierSet(range_)} == {}
