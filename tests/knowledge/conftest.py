"""Uploaded files, and a search of their own to find them with."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile

from core.audiences import Audience
from core.models import HubDocument
from people.models import User
from tests.conftest import browse
from tests.knowledge import papers

RATES = papers.pdf("Rates", ["Weekly rates", "Sixteen and seventeen years: 229 pounds for quillwort"])


@pytest.fixture
def own_index(settings: Any, tmp_path: Any, home: Any) -> None:
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'index'}"}


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """A block whose changes are committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def upload(committed: Any) -> Callable[..., HubDocument]:
    def make(content: bytes = RATES, name: str = "rates.pdf", audience: Audience = Audience.EVERYONE) -> HubDocument:
        with committed():
            file = ContentFile(content, name=name)
            return HubDocument.objects.create(title="A paper", file=file, audience=audience)

    return make


def shown(text: str, person: User | None = None) -> str:
    return browse(person).get("/search/", {"q": text}).content.decode()


def finds(file: HubDocument, text: str, person: User | None = None) -> bool:
    return f'href="{file.url}' in shown(text, person)
