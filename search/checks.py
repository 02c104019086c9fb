"""Architecture lint: what can be seen can be found."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from core.audiences import Visible
from indexing.documents import source_for


@register()
def what_can_be_seen_is_published_to_search(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    """Every model that has an audience has a source, unless it says itself that it is no thing to be found."""
    return [
        Error(
            f"{model._meta.label} publishes nothing to search.",
            hint="Register a Source for it in its app's search_documents.py, or set is_findable = False on the model.",
            obj=model,
            id="search.E001",
        )
        for model in apps.get_models()
        if issubclass(model, Visible) and model.is_findable and source_for(model) is None
    ]
