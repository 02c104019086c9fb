"""What Wagtail's editor offers beside pages, pictures and files."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from hub.models import Topic


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
