"""ETags, as they come back from browsers."""

from django.http import HttpRequest
from django.utils.http import parse_etags


def has_it(request: HttpRequest, tag: str) -> bool:
    """Whether the browser has what bears ``tag`` already. A proxy that compresses changes a tag on its way: nginx makes
    it weak, Apache adds a word.
    """
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return any(each.removeprefix("W/").replace('-gzip"', '"') == tag for each in known)
