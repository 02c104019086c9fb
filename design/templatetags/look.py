"""Template tags of the design system. They are built in: a template need not load them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.onward_links import OnwardLink, onward_from
from design import charts
from design.stylesheet import sheet

if TYPE_CHECKING:
    from django.core.paginator import Page

register = template.Library()


@register.simple_tag
def stylesheet_url() -> str:
    """The address of the joined style sheet."""
    return sheet().url


@register.simple_tag
@lru_cache(1000)  # a page of results has thirty, and one takes as long as a query
def icon(name: str, label: str = "") -> SafeString:
    """A glyph of the sprite. It is silent unless it has a ``label``: a word should stand beside it."""
    address = static("icons.svg")
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, address, name)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


@register.filter
def initials(name: object) -> str:
    """At most two letters for who has no picture: "Joanne Pickles" is "JP"."""
    words = str(name).split()
    return "".join(word[0].upper() for word in [*words[:1], *words[1:][-1:]])


@register.filter
def nearby_day(when: datetime) -> str:
    """The day as a person would say it: "Today", "Tomorrow", "Thursday", and "Thursday 12 March" further off."""
    local = timezone.localtime(when)
    days = (local.date() - timezone.localdate()).days
    if days in (0, 1):
        return [_("Today"), _("Tomorrow")][days]
    return date_format(local, "l" if 1 < days < 7 else "l j F")


@register.filter
def happened_at(when: datetime) -> str:
    """When something was: "Today, 14:05", "Yesterday, 9:30", "3 March", and the year where it is another one."""
    local, today = timezone.localtime(when), timezone.localdate()
    days = (today - local.date()).days
    if days in (0, 1):
        return f"{[_('Today'), _('Yesterday')][days]}, {date_format(local, 'H:i')}"
    return date_format(local, "j F" if local.year == today.year else "j F Y")


@register.filter
def moved(before: datetime, now: datetime) -> str:
    """What stood there before a session was moved: the old time, with its day where that changed too."""
    before, now = timezone.localtime(before), timezone.localtime(now)
    return date_format(before, "H:i" if before.date() == now.date() else "j F, H:i")


@register.filter
def soon(when: datetime) -> bool:
    """Whether ``when`` is due within a day, or is past."""
    return when <= timezone.now() + timedelta(days=1)


@register.filter
def names(people: Iterable[object]) -> str:
    """People as a sentence has them: "Margaret Ellwood, Tom Reid and Comfort Asante"."""
    *others, last = [str(getattr(person, "name", person)) for person in people] or [""]
    if not others:
        return last
    return _("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last}


@register.simple_tag
def links_onward(place: str) -> list[OnwardLink]:
    """The links that rooms above put at this place."""
    return onward_from(place)


@register.simple_tag
def day_span(starts: datetime, ends: datetime) -> charts.ChartSpan:
    return charts.day_span(starts, ends)


@register.simple_tag
def seat_row(taken: int, capacity: int) -> charts.Seats:
    return charts.seats(taken, capacity)


@register.simple_tag
def bar_chart(
    readings: Iterable[charts.Reading], aim: float | None = None, lower_is_better: bool = False
) -> charts.Chart:
    return charts.chart(readings, aim, lower_is_better)


@register.simple_tag
def balance_chart(rows: Iterable[charts.Counts]) -> list[charts.BalanceRow]:
    return charts.balance(rows)


@dataclass(frozen=True)
class PageLink:
    """One place in a pagination; without ``url`` it is the present page or the dots of a gap."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class PageLinks:
    back: str
    on: str
    numbers: list[PageLink]


@register.simple_tag
def page_links(page: "Page[object]", querystring: str = "") -> PageLinks:
    """The pages near ``page``, the first and the last, each keeping the rest of ``querystring``."""
    kept = QueryDict(querystring, mutable=True)

    def address(number: int) -> str:
        kept["page"] = str(number)
        return f"?{kept.urlencode()}"

    def link(number: object) -> PageLink:
        known = isinstance(number, int) and number != page.number
        return PageLink(str(number), address(number) if known else "", number == page.number)  # type: ignore[arg-type]  # an ellipsis is no number

    near = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return PageLinks(
        back=address(page.previous_page_number()) if page.has_previous() else "",
        on=address(page.next_page_number()) if page.has_next() else "",
        numbers=[link(number) for number in near],
    )
