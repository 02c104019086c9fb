"""What Wagtail's editor offers beside pages, pictures and files."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from core.editing.access import without_closed
from core.models import Topic
from core.topics import topic_key

OFFERED = 10


class TopicViewSet(SnippetViewSet):
    """The one vocabulary of the hub."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ("name", "slug")
    search_fields = ("name", "summary")
    panels = (FieldPanel("name"), FieldPanel("slug"), FieldPanel("summary"))

    def get_queryset(self, request: HttpRequest) -> Any:
        return without_closed(Topic.objects.all(), request.user)


def topic_names(request: HttpRequest) -> JsonResponse:
    """What Wagtail's field for topics offers: names of topics that only closed things have would tell of the things."""
    begun = topic_key(request.GET.get("term", ""))
    topics = (
        without_closed(Topic.objects.filter(key__startswith=begun), request.user) if begun else Topic.objects.none()
    )
    return JsonResponse(list(topics.order_by("name").values_list("name", flat=True)[:OFFERED]), safe=False)
