"""What the service worker keeps, and under which version.

It keeps files that are the same for everybody, and the page for when there is no network. It asks for them without
cookies when it is installed, and puts nothing into its cache later: no page of somebody signed in, and no way to the
sign-in, can come to lie there.
"""

import hashlib
import json
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from core.branding import Branding
from design.stylesheet import FOLDER, sheet

STATIC = FOLDER.parent


@lru_cache(maxsize=1)
def static_files() -> tuple[str, ...]:
    """Fonts, scripts and signs: what every page is set from."""
    files = [*STATIC.glob("fonts/*.woff2"), *STATIC.glob("js/*.js"), STATIC / "favicon.svg", STATIC / "icons.svg"]
    return tuple(sorted(static(str(file.relative_to(STATIC))) for file in files))


def kept() -> list[str]:
    """The addresses that the worker keeps."""
    return [reverse("home:offline"), "/static/css/broken.css", "/static/favicon.svg", sheet().url, *static_files()]


def offline_page(hub: Branding) -> str:
    """The same for everybody: it names nobody, and leads nowhere that is not open."""
    return render_to_string("home/installable/offline.html", {"hub": hub})


def script(hub: Branding) -> str:
    """The worker. Its text changes with whatever it keeps, so that browsers fetch all of it anew."""
    if not settings.SERVICE_WORKER:
        return render_to_string("home/installable/emptying.js")
    files = list(dict.fromkeys(kept()))
    body = render_to_string("home/installable/worker.js")
    version = hashlib.sha256("\n".join([*files, offline_page(hub), body]).encode()).hexdigest()[:12]
    head = {"VERSION": version, "OFFLINE": reverse("home:offline"), "KEPT": files}
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in head.items()) + body
