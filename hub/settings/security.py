"""The two content security policies: a strict one for readers, a looser one for Wagtail's editor alone."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

from hub.settings import sign_on
from hub.settings.environment import env

READER_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *sign_on.origins(sign_on.providers(env))],  # signing on leads to the provider
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    }
}

# Wagtail's editor writes inline styles and a few inline scripts, and shows previews in a frame.
EDITOR_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [SELF],
    }
}
