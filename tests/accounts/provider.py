"""A real OpenID provider on loopback, which can be told to lie."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import requests
from django.test import Client
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

Told = dict[str, Any]
DISCOVERY, TOKEN, USERINFO = "/.well-known/openid-configuration", "/oauth2/token", "/userinfo"


@dataclass
class Provider:
    """``lies`` change what it answers at a path; ``people`` are known by their subject."""

    address: str = ""
    lies: dict[str, Callable[[Told], Any]] = field(default_factory=dict)
    waits: float = 0

    def knows(self, sub: str, **claims: Any) -> None:
        requests.put(f"{self.address}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def lies_in_id_token(self, **claims: Any) -> None:
        """Say something else in the ID token than what is so."""

        def lie(told: Told) -> Told:
            head, body, signature = told["id_token"].split(".")
            said = {**json.loads(base64.urlsafe_b64decode(body + "==")), **claims}
            body = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
            return {**told, "id_token": f"{head}.{body}.{signature}"}

        self.lies[TOKEN] = lie

    def settings(self, key: str = "council", **said: Any) -> dict[str, Any]:
        """How the operator describes it."""
        known = {
            "server_url": self.address,
            "domains": ["example.org"],
            "verified_claim": "email_verified",
            "rules": {"staff": ["domain:example.org"], "partner": [], "resident": []},
            "organisation": "",
            "has_second_factor": False,
            "scope": ["openid", "profile", "email"],
            "origins": [],
        }
        app = {"provider_id": key, "name": key.title(), "client_id": "hub", "secret": "secret"}
        return {**app, "settings": {**known, **said}}

    def sign_on(self, sub: str, browser: Client | None = None, key: str = "council", **changed: str) -> Any:
        """Press the button, agree at the provider, and come back. ``changed`` is what the way back carries instead."""
        browser = browser or Client()
        start = browser.post(f"/account/oidc/{key}/")
        if start.status_code != 302:
            return start
        agreed = requests.post(start["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
        back = urlsplit(agreed.headers["Location"])
        carried = {name: values[0] for name, values in parse_qs(back.query).items()}
        return browser.get(back.path, {**carried, **changed})


@contextmanager
def running() -> Iterator[Provider]:
    provider, honest = Provider(), oidc_provider_mock.app()

    def serve(environ: Any, start: Any) -> Any:
        path = Request(environ).path
        if path == DISCOVERY:
            time.sleep(provider.waits)
        lie = provider.lies.get(path)
        if lie is None:
            return honest(environ, start)
        answer = Response.from_app(honest, environ)
        told = lie(json.loads(answer.get_data()))
        if isinstance(told, Response):
            return told(environ, start)
        return Response(json.dumps(told), answer.status_code, content_type="application/json")(environ, start)

    server = make_server("127.0.0.1", 0, serve, threaded=True)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join(2)
        server.server_close()
