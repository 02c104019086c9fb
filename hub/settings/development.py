"""Settings for `make run` and for work on the hub: one machine, no server beside it."""

from hub.settings.base import *  # noqa: F403 (settings are made to be taken over)
from hub.settings.base import WAGTAILADMIN_BASE_URL
from hub.settings.environment import env

# A hub with an HTTPS address is one that people use, even where a command was started with these settings.
IN_PRODUCTION = WAGTAILADMIN_BASE_URL.startswith("https://")
DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="development only: production refuses to start without a key of its own")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
INTERNAL_IPS = ["127.0.0.1"]
