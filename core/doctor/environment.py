"""The settings: nothing that is for work on the hub alone is left on where people use it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import checks
from django.core.cache import cache
from wagtail.models import Site

from core.doctor import Complaint

SHORTEST_KEY = 50
NO_KEY = ("development only", "django-insecure", "tests only", "change")
SAID_HERE = {"security.W009", "security.W018"}  # below, in the words of this hub


def safety() -> Iterator[Complaint]:
    """What Django and the hub itself refuse in a hub that people use."""
    if not settings.IN_PRODUCTION:
        yield Complaint(
            "These are the settings for work on the hub.",
            "Where people use it, set DJANGO_SETTINGS_MODULE=hub.settings.production for every command.",
            is_grave=False,
        )
        return
    yield from _left_on()
    for message in checks.run_checks(include_deployment_checks=True):
        if message.level >= checks.WARNING and not message.is_silenced() and message.id not in SAID_HERE:
            said = " ".join(f"{message.msg}".split())
            yield Complaint(f"{said} ({message.id})", message.hint or "See “manage.py check --deploy”.")


def _left_on() -> Iterator[Complaint]:
    if settings.DEBUG:
        yield Complaint("DEBUG is on: errors show strangers the hub’s code and settings.", "Set DEBUG=false.")
    key = settings.SECRET_KEY
    if key.lower().startswith(NO_KEY) or len(key) < SHORTEST_KEY:
        yield Complaint(
            "SECRET_KEY can be guessed: whoever does signs in as anybody.",
            'Make one: python -c "import secrets; print(secrets.token_urlsafe(50))". Everybody signs in again then.',
        )
    if not settings.SESSION_COOKIE_SECURE:
        yield Complaint("Pages and passwords travel without HTTPS.", "Put a proxy with TLS in front; set HTTPS=true.")
    if "*" in settings.ALLOWED_HOSTS:
        yield Complaint("The hub answers to any name (ALLOWED_HOSTS).", "Name those under which people reach it.")


def addresses() -> Iterator[Complaint]:
    """Links in e-mails and calendars lead to the hub."""
    here, site = urlsplit(settings.WAGTAILADMIN_BASE_URL), Site.objects.filter(is_default_site=True).first()
    if site is None or site.root_page.depth < 2:
        yield Complaint("There is no front page.", "Run “manage.py prepare_hub”.")
        return
    if site.hostname != here.hostname:
        yield Complaint(
            f"The hub’s site is {site.root_url}, but links in e-mails lead to {settings.WAGTAILADMIN_BASE_URL}.",
            "Correct the one under Settings → Sites in the editor, or BASE_URL.",
        )
    elif settings.IN_PRODUCTION and settings.SESSION_COOKIE_SECURE and not site.root_url.startswith("https://"):
        yield Complaint(f"The hub’s site is {site.root_url}.", "Set the port 443 under Settings → Sites.")


def static_files() -> Iterator[Complaint]:
    if getattr(staticfiles_storage, "hashed_files", None) == {}:
        yield Complaint("The style sheets and scripts were not collected.", "Run “manage.py collectstatic --no-input”.")


def shared_memory() -> Iterator[Complaint]:
    """What the cache takes it gives back."""
    cache.set("doctor", "well", 30)
    if cache.get("doctor") != "well":
        yield Complaint("The cache keeps nothing.", "Look at CACHE_URL, and at whether its server has memory left.")
