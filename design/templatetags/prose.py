"""Words that people wrote, made safe to show."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, ngettext
from wagtail.rich_text import expand_db_html

from core import links
from core.text import clean_html

register = template.Library()


@register.filter
def prose(html: str | None) -> SafeString:
    """Rich text as HTML: Wagtail's links made real where the reader may follow them, then cleaned, whoever wrote it and
    whatever let it in.
    """
    return cleaned(html)


def cleaned(html: str | None, hidden: Collection[str] | None = None) -> SafeString:
    """The same, where it is known which addresses are hidden."""
    expanded = links.without_hidden_addresses(expand_db_html(html or ""), hidden)
    for look_up in links.LOOKED_UP:
        expanded = look_up(expanded)
    return mark_safe(_within_themselves(clean_html(expanded)))  # noqa: S308 (cleaned in the same line)


def _within_themselves(html: str) -> str:
    """Let wide tables and lines that do not wrap scroll within themselves, by keyboard too, and not the page.

    It comes after the cleaning, which leaves neither attributes on these tags nor any other way to write them.
    """
    label = escape(_("Table"))
    html = html.replace("<table>", f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>')
    return html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')


@register.filter
def shown(thing: object) -> Any:
    """A picture or a file that the reader may see, or nothing: ``{% with picture=story.picture|shown %}``."""
    return links.shown(thing)


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Plain text as paragraphs."""
    return SafeString(linebreaks(text or "", autoescape=True))


@register.filter
def dated(value: date) -> str:
    """A day in the margin: "19 November", with the year where it is not this one."""
    return date_format(value, "j F" if value.year == timezone.localdate().year else "j F Y")


@register.filter
def in_how_long(value: date) -> str:
    """How far off a day is: "in ten weeks" without the poetry, "3 months ago"."""
    days = (value - timezone.localdate()).days
    count, words = _largest_unit(abs(days))
    if days == 0:
        return _("today")
    return (_("in %(span)s") if days > 0 else _("%(span)s ago")) % {"span": words % {"n": count}}


def _largest_unit(days: int) -> tuple[int, str]:
    if days >= 730:
        return days // 365, ngettext("%(n)s year", "%(n)s years", days // 365)
    if days >= 60:
        return days // 30, ngettext("%(n)s month", "%(n)s months", days // 30)
    if days >= 14:
        return days // 7, ngettext("%(n)s week", "%(n)s weeks", days // 7)
    return days, ngettext("%(n)s day", "%(n)s days", days)


@register.simple_tag(takes_context=True)
def here_with(context: dict[str, Any], **changes: object) -> str:
    """The present address with other parameters: ``{% here_with topic=slug page="" %}``. An empty value drops one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in ("", None):
            query[name] = value
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"
