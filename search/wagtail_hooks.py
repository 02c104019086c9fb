"""What editors do for search, in Wagtail's editor."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Synonyms


class SynonymsViewSet(SnippetViewSet):
    """Abbreviations and other words for the same."""

    model = Synonyms
    icon = "search"
    menu_label = _("Same words")
    menu_order = 270
    add_to_admin_menu = True
    list_display = ("expressions",)
    search_fields = ("expressions",)
    panels = (FieldPanel("expressions"),)


register_snippet(SynonymsViewSet)
