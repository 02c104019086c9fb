"""What a person calls a device and a place: "Firefox on Windows", "192.0.2.…"."""

import ipaddress
import re

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.network import client_address

LONGEST = 400  # letters of what a browser says of itself that are read
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Opera", r"OPR/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Chromebook", r"CrOS"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)


def device_name(request: HttpRequest) -> str:
    """The browser and what it runs on, as far as it says so."""
    said = request.headers.get("User-Agent", "")[:LONGEST]
    browser, system = _first(BROWSERS, said), _first(SYSTEMS, said)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def rough_network(request: HttpRequest) -> str:
    """The network without the last part of the address; empty where it is not known."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return ""
    if address.version == 4:
        return f"{str(address).rpartition('.')[0]}.…"
    first = ipaddress.ip_network((address, 48), strict=False).network_address
    return f"{str(first).rstrip(':')}:…"


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, said)), "")
