"""Who may see a page, said to whoever edits it."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.audiences import EVERYONE, Viewer
from core.editing.access import editor_tokens
from core.models import HubPage

register = template.Library()


@dataclass(frozen=True, slots=True)
class AudienceStatus:
    """What the status panel says."""

    title: str
    help_text: str
    icon: str


def in_words(page: HubPage, token: str, editor: Viewer) -> str:
    """Whom ``token`` opens the page to. A community that is closed to the editor is not named."""
    if token.startswith("community:") and token not in editor_tokens(editor):
        return _("the members of its community")
    return page.audience_in_words(token)


@register.simple_tag(takes_context=True)
def visible_to(context: Context, page: Page) -> AudienceStatus:
    """Who may see the live page, and who will see it once ``page``, which may hold a draft, is published."""
    if not isinstance(page, HubPage):
        return AudienceStatus(_("Visible to: nobody"), _("Pages of this kind have no audience."), "no-view")
    editor = context["request"].user
    row = type(page).objects.live().filter(pk=page.pk).first()
    drafted = page.own_audience_token()
    if row is None:
        title, shown = _("Not live yet"), drafted
        help_text = _("Once published, visible to: %(whom)s.") % {"whom": in_words(page, drafted, editor)}
    else:
        shown = row.audience_token
        title = _("Visible to: %(whom)s") % {"whom": in_words(row, shown, editor)}
        told = _("This draft, once published: %(whom)s.") % {"whom": in_words(page, drafted, editor)}
        help_text = told if drafted != shown else ""
    return AudienceStatus(title, help_text, "view" if shown == EVERYONE else "group")
