"""What Wagtail's editor offers beside pages, pictures and files."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from core.editing.access import closed_topics, without_closed
from core.topics import Topic, topic_key

OFFERED = 10


class TopicForm(WagtailAdminModelForm):
    """Whoever makes or edits a topic in the editor takes it into the vocabulary."""

    instance: Topic

    def clean(self) -> dict[str, Any]:
        """A word that stands in a closed draft is taken over: an error would tell of it, and leave no way."""
        values: dict[str, Any] = super().clean()
        if self.instance.pk is None and "name" in values:
            typed = Topic.objects.filter(closed_topics(self.for_user), key=topic_key(values["name"]), was_typed=True)
            self.instance = typed.first() or self.instance
        return values

    def save(self, commit: bool = True) -> Any:
        self.instance.was_typed = False
        return super().save(commit)


class TopicViewSet(SnippetViewSet):
    """The one vocabulary of the hub."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ("name", "slug")
    search_fields = ("name", "summary")
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("slug"), FieldPanel("summary")], base_form_class=TopicForm
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return without_closed(Topic.objects.all(), request.user)


def topic_names(request: HttpRequest) -> JsonResponse:
    """What Wagtail's field for topics offers. A topic that is not offered can be typed all the same."""
    begun = topic_key(request.GET.get("term", ""))
    topics = (
        without_closed(Topic.objects.filter(key__startswith=begun), request.user) if begun else Topic.objects.none()
    )
    return JsonResponse(list(topics.order_by("name").values_list("name", flat=True)[:OFFERED]), safe=False)
