"""Settings → Users in Wagtail's editor: who belongs where."""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import CreateView, DeleteView, EditView, IndexView, UserFilterSet, UserViewSet

from core.editors import is_hub_team
from people.choices import PersonKind
from people.editor.forms import AccountEditForm, AccountForm
from people.models import User
from people.permissions import ALONE, alone_in_running_the_hub
from people.querysets import PersonQuerySet

WHAT_GOES = gettext_lazy(
    "Their profile and their memberships go, and their name is taken off what they wrote, which stays. "
    "If their name may stay there, do not delete them: make them inactive."
)


class PersonFilterSet(UserFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Where they belong"), choices=PersonKind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta(UserFilterSet.Meta):
        fields = ("kind",)


def found(people: PersonQuerySet, query: str) -> Any:
    """Those of ``people`` whose name or address is looked for."""
    return people.named(query) | people.filter(email__contains=query) if query else people


class PersonIndexView(IndexView):
    """Everybody, found by name and address as the directory finds them, and in its order."""

    default_ordering = "name"

    @cached_property
    def columns(self) -> list[Column]:
        kind = Column(
            "kind", label=gettext_lazy("Where they belong"), accessor="get_kind_display", sort_key="kind", width="15%"
        )
        leaves = Column("leaves_on", label=gettext_lazy("Last day"), sort_key="leaves_on", width="10%")
        name = next(place for place, column in enumerate(super().columns) if column.name == "name")
        columns = list(super().columns)
        columns[name].sort_key = "name"
        return [*columns[: name + 1], kind, leaves, *columns[name + 1 :]]

    def search_queryset(self, queryset: PersonQuerySet) -> Any:
        return found(queryset, str(self.search_query)) if self.is_searching else queryset

    def order_queryset(self, queryset: PersonQuerySet) -> Any:
        if self.ordering in {"name", "-name"}:
            sign = "-" if self.ordering.startswith("-") else ""
            return queryset.order_by(f"{sign}sort_name", f"{sign}pk")
        return super().order_queryset(queryset)


class PersonCreateView(CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}


class PersonEditView(EditView):
    """Those who run the hub are edited by those who run the hub."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_superuser and not is_hub_team(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form asks who else runs the hub, and has them wait for each other."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def save_instance(self) -> User:
        person: User = super().save_instance()
        if self.form.claimed:
            words = _("A link was sent to %(email)s. %(person)s signs in with the old address until they open it.")
            messages.info(self.request, words % {"email": self.form.claimed, "person": person})
        return person


class PersonDeleteView(DeleteView):
    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if alone_in_running_the_hub([self.object]):
            messages.error(request, ALONE)
            return redirect("wagtailusers_users:edit", self.object.pk)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    @property
    def confirmation_message(self) -> str:
        return str(WHAT_GOES)


class PersonViewSet(UserViewSet):
    model = User
    ordering = "name"
    filterset_class = PersonFilterSet
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView
    copy_view_enabled = False  # of one person there is one account

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountEditForm if for_update else AccountForm
