"""``make check``: Django's checks for deployment, with the production settings and the values of a made-up hub."""

import os
import secrets
import subprocess

from tools.places import PYTHON, ROOT
from tools.terminal import script

SAMPLE = {
    "DJANGO_SETTINGS_MODULE": "hub.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "hub.example",
    "BASE_URL": "https://hub.example",
    "EMAIL_URL": "smtp+tls://hub:secret@mail.hub.example:587",
    "DEFAULT_FROM_EMAIL": "Hub <hub@hub.example>",
}


def main() -> int:
    """The exit status is 0 only when there is no warning at all."""
    command = [str(PYTHON), "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **SAMPLE}, check=False).returncode


if __name__ == "__main__":
    script(main)
