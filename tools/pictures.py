"""``python -m tools.pictures [ADDRESS]``: the pictures of the README, taken from a hub that runs with the demo.

Needs what ``make test`` installs, and Chromium.
"""

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tools import browser
from tools.places import ROOT
from tools.terminal import Trouble, say, script

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 400_000  # bytes
COLOURS = (256, 128, 64)
PASSWORD = "folkmoot"  # noqa: S105 (of the demo)
PRIYA = "priya.nair@withermere.example"
TEAM = "hub.team@withermere.example"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in one window."""

    name: str
    path: str
    width: int = 1280
    height: int = 864
    theme: str = "light"
    person: str = PRIYA


PICTURES = (
    Picture("front", "/"),
    Picture("front-dark", "/", theme="dark"),
    Picture("community", "/communities/foster-care-together/"),
    Picture("search", "/search/?q=nighttime+pedestrians"),
    Picture("phone", "/", width=390, height=844),
    Picture("first-hour", "/first-hour/", height=1130, person=TEAM),
)


def main() -> int:
    """Take every picture as a member of staff sees the page."""
    address = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.chromium())
        for picture in PICTURES:
            save(taken(chromium, address, picture), FOLDER / f"{picture.name}.png")
        chromium.close()
    return 0


def taken(chromium: Browser, address: str, picture: Picture) -> bytes:
    """The upper part of the page, as PNG."""
    context = chromium.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.theme == "dark" else "light",
        reduced_motion="reduce",
    )
    sign_in(context, address, picture.person)
    page = context.new_page()
    answer = page.goto(address + picture.path, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise Trouble(f"{picture.path} did not answer as it should; does {address} show the demo?")
    image = page.screenshot()
    context.close()
    return image


def sign_in(context: BrowserContext, address: str, person: str) -> None:
    """Through the door that everybody takes."""
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")
    page.close()


def save(image: bytes, path: Path) -> None:
    """Write the picture with as many colours as its size allows."""
    whole = Image.open(BytesIO(image)).convert("RGB")
    for colours in COLOURS:
        whole.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            break
    say(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    script(main)
