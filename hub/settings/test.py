"""Settings for the tests: fast passwords, files in a folder that goes away, background work done at once."""

import os
import tempfile
from pathlib import Path

from hub.settings.base import *  # noqa: F403 (settings are made to be taken over)
from hub.settings.base import DATABASES, INSTALLED_APPS, SEARCH

INSTALLED_APPS += ["django_migration_linter"]  # `make lint` asks it
DEBUG = False
SECRET_KEY = "tests only"  # noqa: S105 (guards nothing)
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"

_scratch = tempfile.TemporaryDirectory(prefix=f"folkmoot-{os.environ.get('PYTEST_XDIST_WORKER', 'tests')}-")
SCRATCH = Path(_scratch.name)  # gone when the tests are over
STATIC_ROOT = SCRATCH / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = SCRATCH / "media"
SEARCH["URL"] = f"sqlite:///{SCRATCH / 'search'}"
SEARCH["THREADS"] = 1  # the tests' processes have a core each
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # pytest-django knows Django's own engine alone
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # What a test commits is gone with it: nothing waits for the disk. To compile a query took nine times the work of
    # all else that PostgreSQL did.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off -c jit=off"}
