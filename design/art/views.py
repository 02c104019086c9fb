"""Pictures over HTTP."""

import hashlib
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from design.art import VERSION, draw

ANY = "any"
"""In an address: the variant that the seed chooses."""

LONGEST_SEED = 100

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"
"""An address of another version: while servers are being replaced, one may be asked for what another has announced."""

# The picture is a document of its own, with a style sheet and nothing else.
CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def slug_of(seed: str) -> str:
    """The seed as it stands in an address; words in letters that no slug can hold keep a seed of their own."""
    return slugify(seed)[:LONGEST_SEED] or hashlib.sha256(seed.encode()).hexdigest()[:16]


def address(kind: str, seed: str, variant: str = "") -> str:
    """Where a picture is found."""
    return reverse("art:art", args=[VERSION, kind, variant or ANY, slug_of(seed)])


@require_safe
def picture(request: HttpRequest, version: str, kind: str, variant: str, seed: str) -> HttpResponse:
    """One picture, which a browser may keep for good; 404 where there is no such kind or variant."""
    if len(seed) > LONGEST_SEED:
        raise Http404
    try:
        svg = _drawn(kind, seed, "" if variant == ANY else variant)
    except ValueError as error:
        raise Http404 from error
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = FOR_GOOD if version == VERSION else FOR_A_WHILE
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response


@lru_cache(maxsize=1024)
def _drawn(kind: str, seed: str, variant: str) -> str:
    return draw(kind, seed, variant)
