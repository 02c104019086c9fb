"""Where a request comes from: the address of the reader, not of the proxy in front."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
IPV6_PREFIX = 64  # one household or office; its devices choose the rest of their addresses themselves


def client_address(request: HttpRequest) -> str:
    """The address that the outermost trusted proxy saw; what a reader writes into X-Forwarded-For is not believed.

    ``ALLAUTH_TRUSTED_PROXY_COUNT`` says how many proxies stand in front. Each of them adds one entry on the right. A
    request with fewer entries did not come through all of them, and is known by the address that it came from.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    entries = [entry for entry in request.headers.get("X-Forwarded-For", "").split(",") if entry.strip()]
    seen = entries[-proxies] if 0 < proxies <= len(entries) else ""
    return _valid(seen) or _valid(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def network(request: HttpRequest) -> str:
    """What counts as one place: an IPv4 address, or an IPv6 network."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/{IPV6_PREFIX}", strict=False).network_address)


def _valid(written: str) -> str:
    """The address alone, without the port that some proxies add; empty where it is none."""
    entry = written.strip()
    if entry.startswith("["):
        entry = entry[1:].partition("]")[0]
    elif entry.count(":") == 1:
        entry = entry.partition(":")[0]
    try:
        address = ipaddress.ip_address(entry)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address).partition("%")[0]
