"""Who may see a page, said to whoever edits it."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _

from hub.audiences import EVERYONE
from hub.models import HubPage

register = template.Library()


@dataclass(frozen=True, slots=True)
class Visible:
    """What the status panel says."""

    title: str
    help_text: str
    icon: str


@register.simple_tag
def visible_to(page: Any) -> Visible:
    """Who may see the live page, and who will see it once ``page``, which may hold a draft, is published."""
    if not isinstance(page, HubPage):
        return Visible(_("Visible to: nobody"), _("Pages of this kind have no audience."), "no-view")
    row = type(page).objects.live().filter(pk=page.pk).first()
    drafted = page.own_audience_token()
    if row is None:
        title, shown = _("Not live yet"), drafted
        help_text = _("Once published, visible to: %(whom)s.") % {"whom": page.audience_in_words(drafted)}
    else:
        shown = row.audience_token
        title = _("Visible to: %(whom)s") % {"whom": row.audience_in_words(shown)}
        told = _("This draft, once published: %(whom)s.") % {"whom": page.audience_in_words(drafted)}
        help_text = told if drafted != shown else ""
    return Visible(title, help_text, "view" if shown == EVERYONE else "group")
