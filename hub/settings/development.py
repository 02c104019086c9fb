"""Settings for `make run` and for work on the hub: one machine, no server beside it."""

from hub.settings.base import *  # noqa: F403 (settings are made to be taken over)
from hub.settings.base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="development only: production refuses to start without a key of its own")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
INTERNAL_IPS = ["127.0.0.1"]
