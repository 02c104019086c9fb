"""One style sheet out of many files.

The design system is written as small files, one for each part. Readers get them as a single sheet under an address
that holds the hash of its content, so that a browser may keep it for ever; there is no build step to forget.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

FOLDER = Path(__file__).resolve().parent.parent / "static" / "css"
FIRST = ("tokens.css", "base.css", "layout.css")
LAST = ("forced-colours.css", "print.css")

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
GAP = re.compile(r"\s*\n\s*")
ADDRESS = re.compile(r'url\("\.\./([^"]+)"\)')


@dataclass(frozen=True)
class Sheet:
    """The joined sheet, as it is sent."""

    text: str

    @cached_property
    def plain(self) -> bytes:
        return self.text.encode()

    @cached_property
    def packed(self) -> bytes:
        """The same with gzip; no time stamp, so that equal sheets are equal bytes."""
        return gzip.compress(self.plain, mtime=0)

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.plain).hexdigest()[:16]

    @property
    def url(self) -> str:
        return reverse("stylesheet", args=[self.digest])


def files() -> list[Path]:
    """Every file of the sheet, in the order of the layers."""
    parts = sorted((FOLDER / "components").glob("*.css")) + sorted((FOLDER / "pages").glob("*.css"))
    return [*(FOLDER / name for name in FIRST), *parts, *(FOLDER / name for name in LAST)]


def shorten(css: str) -> str:
    """``css`` without comments and indentation, which are written for us and not for browsers."""
    return GAP.sub("\n", COMMENT.sub("", css)).strip()


def resolve(css: str) -> str:
    """``css`` with the address under which each font or picture is really served."""
    return ADDRESS.sub(lambda match: f'url("{static(match[1])}")', css)


@lru_cache(maxsize=1)
def _joined(stamp: float) -> Sheet:
    return Sheet(resolve("\n".join(shorten(file.read_text(encoding="utf-8")) for file in files())))


def sheet() -> Sheet:
    """The sheet of this process: joined once, or again after each change while DEBUG is on."""
    return _joined(max(file.stat().st_mtime for file in files()) if settings.DEBUG else 0.0)


@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The sheet, to be kept for ever; an older address leads to the present one, and is not kept."""
    current = sheet()
    if digest != current.digest:
        return HttpResponseRedirect(current.url, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(current.plain, content_type="text/css; charset=utf-8", headers=headers)
    headers["Content-Encoding"] = "gzip"
    return HttpResponse(current.packed, content_type="text/css; charset=utf-8", headers=headers)
