"""Finds a Chromium for the tests that need a browser."""

import os
import shutil
from pathlib import Path

# The shell without a window is the same engine and starts in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHTS_OWN = "ms-playwright/chromium-*/chrome-linux*/chrome"
HOW_TO_GET = "there is no Chromium; install it (Debian: apt install chromium) or name one: CHROMIUM=/path make test"


def chromium() -> str | None:
    """The browser that ``CHROMIUM`` names, or the system's, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return named if Path(named).exists() else None
    system = next(filter(None, map(shutil.which, NAMES)), None)
    return system or next(map(str, sorted((Path.home() / ".cache").glob(PLAYWRIGHTS_OWN))), None)
