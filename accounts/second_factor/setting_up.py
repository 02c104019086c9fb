"""Where somebody was going when they were asked to set up a second factor."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

SESSION = "second_factor.next"


def come_back_to(request: HttpRequest, address: str) -> None:
    request.session[SESSION] = address


def way_back(request: HttpRequest) -> str:
    """The address that they were going to, on this hub; empty where there was none."""
    address = str(request.session.get(SESSION, ""))
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION, None)
