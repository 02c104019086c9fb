"""What an address asks for behind its question mark."""

from django.http import HttpRequest


def parameter(request: HttpRequest, name: str) -> str:
    """The parameter ``name``, empty where there is none; without the zero bytes that PostgreSQL refuses to look for."""
    return request.GET.get(name, "").replace("\0", "").strip()
