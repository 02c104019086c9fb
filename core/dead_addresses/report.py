"""Dead addresses among Wagtail's reports, where the hub team has them tried again."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from core.audiences import Viewer
from core.dead_addresses import notices, services
from core.dead_addresses.models import DeadAddress


class TeamPolicy:
    """Those who run the hub."""

    def user_has_any_permission(self, user: Viewer, _actions: object) -> bool:
        return bool(user.is_active and user.is_superuser)

    def user_has_permission(self, user: Viewer, _action: str) -> bool:
        return self.user_has_any_permission(user, ())


class TryAgainColumn(Column):
    """The button that has an address tried again."""

    cell_template_name = "core/dead_addresses/try_again.html"

    def get_cell_context_data(self, instance: Model, parent_context: dict[str, Any]) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        address = reverse("core_dead_address_try_again", args=[instance.pk])
        return {
            **super().get_cell_context_data(instance, parent_context),
            "address": address,
            "csrf_token": get_token(request),
        }


class DeadAddressReport(ReportView):
    """Every address to which nothing is sent any more, whose it is, and why."""

    model = DeadAddress
    permission_policy = TeamPolicy()
    permission_required = "change"
    page_title = gettext_lazy("Addresses that take no e-mail")
    header_icon = "mail"
    index_url_name = "core_dead_addresses"
    index_results_url_name = "core_dead_addresses_results"
    columns: ClassVar = [
        Column("address", label=gettext_lazy("Address")),
        Column("person", label=gettext_lazy("Person"), accessor="person"),
        Column("reason", label=gettext_lazy("What the mail server said")),
        DateColumn("stopped", label=gettext_lazy("Since")),
        TryAgainColumn("try_again", label=""),
    ]
    list_export: ClassVar = ["address", "person", "reason", "stopped"]

    def get_base_queryset(self) -> QuerySet[DeadAddress]:
        return notices.with_names(DeadAddress.objects.filter(cleared=None))


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """From the next e-mail on it is written to again."""
    if not TeamPolicy().user_has_permission(request.user, "change"):
        raise PermissionDenied
    row = get_object_or_404(DeadAddress, pk=pk)
    services.try_again(row)
    messages.success(request, _("The next e-mail goes to %(address)s again.") % {"address": row.address})
    return redirect("core_dead_addresses")


class DeadAddressMenuItem(MenuItem):
    """In the menu of reports, for those who run the hub."""

    def is_shown(self, request: HttpRequest) -> bool:
        return TeamPolicy().user_has_permission(request.user, "change")


def addresses() -> list[Any]:
    report = DeadAddressReport
    return [
        path("reports/dead-addresses/", report.as_view(), name="core_dead_addresses"),
        path("reports/dead-addresses/results/", report.as_view(results_only=True), name="core_dead_addresses_results"),
        path("reports/dead-addresses/<int:pk>/", try_again, name="core_dead_address_try_again"),
    ]


def menu_item() -> MenuItem:
    address = reverse("core_dead_addresses")
    label = gettext_lazy("Addresses that take no e-mail")
    return DeadAddressMenuItem(label, address, name="dead-addresses", icon_name="mail", order=1210)
