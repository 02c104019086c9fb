"""Where the hub is. Links in e-mails lead there, however many sites Wagtail knows."""

from urllib.parse import urlsplit

from django.conf import settings


def hub_root() -> str:
    """``BASE_URL``, as the operator set it, without a slash at the end."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def absolute(url: str) -> str:
    """``url`` for a reader who is not on the hub. Where there are several sites, Wagtail's own are absolute already."""
    return url if urlsplit(url).scheme else f"{hub_root()}{url}"
