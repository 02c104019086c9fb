"""Architecture lint: what ``manage.py check`` refuses.

A page type without an audience would be seen by everybody; a model that can be seen but publishes nothing to search
could not be found.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from modelcluster.models import get_all_child_relations
from wagtail.models import get_page_models

from core.audiences import Visible


@register()
def every_page_type_has_an_audience(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    """Every page type of the house is a ``HubPage``."""
    return [
        Error(
            f"{model._meta.label} has no audience.",
            hint="Derive it from core.models.HubPage.",
            obj=model,
            id="core.E001",
        )
        for model in get_page_models()
        if model._meta.app_label in settings.ROOMS and not issubclass(model, Visible)
    ]


@register()
def settings_name_the_order_of_the_house(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    """The ground floor comes last: templates and translations of the rooms above win over it."""
    if settings.ROOMS[-1] == "core":
        return []
    return [Error("ROOMS does not end with core.", id="core.E002")]


@register(Tags.security, deploy=True)
def e_mails_leave_the_house(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    """Without a mail server and a sender nobody gets a new password, and no address can be proved."""
    errors: list[CheckMessage] = []
    if settings.EMAIL_CARRIER.rpartition(".mail.backends.")[2].startswith(("console", "dummy")):
        errors.append(Error("E-mails do not leave the hub.", hint="Set EMAIL_URL to your mail server.", id="core.E010"))
    if not settings.DEFAULT_FROM_EMAIL:
        errors.append(
            Error("E-mails have no sender.", hint="Set DEFAULT_FROM_EMAIL to an address of yours.", id="core.E011")
        )
    return errors


@register()
def children_of_pages_can_be_copied(app_configs: Sequence[Any] | None, **_kwargs: object) -> list[CheckMessage]:
    """Wagtail copies the children of a page with all their columns, and a copy of a unique one would be refused."""
    return [
        Error(
            f"{relation.related_model._meta.label}.{field.name} is unique, and travels with a copy of its page.",
            hint="Make it unique together with the page, or keep it elsewhere.",
            obj=relation.related_model,
            id="core.E012",
        )
        for model in get_page_models()
        for relation in get_all_child_relations(model)
        if relation.related_model._meta.app_label in settings.ROOMS
        for field in relation.related_model._meta.concrete_fields
        if field.unique and not field.primary_key
    ]
