"""The hub's icons: of its logo, or of the drawn mark. An address holds what the icon is made of, and never changes."""

import hashlib
import logging
from dataclasses import dataclass
from io import BytesIO

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from core.branding import Branding
from design.art import VERSION
from design.art.mark import PAPER, drawn

logger = logging.getLogger(__name__)
A_WEEK = 7 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Icon:
    """One icon. ``share`` is how much of its width the picture takes: a phone may cut a maskable one to a circle of
    four fifths.
    """

    side: int
    share: float
    purpose: str = "any"


ICONS = {
    "small": Icon(192, 0.86),
    "large": Icon(512, 0.86),
    "maskable": Icon(512, 0.56, "maskable"),
    "touch": Icon(180, 0.78),
}


def digest(hub: Branding) -> str:
    """What the icons are made of."""
    return hashlib.sha256(f"{VERSION} {hub.logo_file}".encode()).hexdigest()[:12]


def address(hub: Branding, name: str) -> str:
    return reverse("home:icon", args=[digest(hub), name])


def addresses(hub: Branding) -> dict[str, str]:
    return {name: address(hub, name) for name in ICONS}


def png(hub: Branding, name: str) -> bytes:
    """The icon as a file, made once."""
    key = f"home.icon.{digest(hub)}.{name}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = _written(_picture(hub, ICONS[name]))
        cache.set(key, made, A_WEEK)
    return made


def _picture(hub: Branding, icon: Icon) -> Image.Image:
    if hub.logo_file:
        try:
            with default_storage.open(hub.logo_file) as file, Image.open(file) as logo:
                return _on_its_ground(logo.convert("RGBA"), icon)
        except (OSError, ValueError):
            logger.warning("The logo cannot be read; the drawn mark is the icon.", exc_info=True)
    return drawn(icon.side, icon.share)


def _on_its_ground(logo: Image.Image, icon: Icon) -> Image.Image:
    """The logo in the middle, on its own colour where its corners have one, else on paper."""
    right, bottom = logo.width - 1, logo.height - 1
    corners = {logo.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom))}
    corner = corners.pop() if len(corners) == 1 else None
    is_solid = isinstance(corner, tuple) and corner[3] == 255
    ground = Image.new("RGBA", (icon.side, icon.side), corner if is_solid else PAPER)
    most = round(icon.side * icon.share)
    scale = min(most / logo.width, most / logo.height)
    logo = logo.resize(
        (max(1, round(logo.width * scale)), max(1, round(logo.height * scale))), Image.Resampling.LANCZOS
    )
    ground.alpha_composite(logo, ((icon.side - logo.width) // 2, (icon.side - logo.height) // 2))
    return ground.convert("RGB")


def _written(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
