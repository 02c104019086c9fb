"""The tag that keeps a rendered fragment of a page. It is built in: a template need not load it."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from core.fragments import Dependencies, keep, key_of, note

register = template.Library()
OPTIONS = frozenset({"of", "shows", "also", "reader", "links", "shown"})


class KeptNode(template.Node):
    """A fragment, rendered where nobody has kept it yet."""

    def __init__(
        self, body: NodeList, lasts: int, name: str, vary: list[FilterExpression], options: dict[str, FilterExpression]
    ) -> None:
        self.nodelist, self.lasts, self.name, self.vary, self.options = body, lasts, name, vary, options

    def render(self, context: template.Context) -> SafeString:
        request = context["request"]
        values: dict[str, Any] = {name: option.resolve(context) for name, option in self.options.items()}
        shown = values.pop("shown", ())  # lazy: it is looked up where nobody kept the fragment
        needs = Dependencies(**values)
        key = key_of(request, self.name, (each.resolve(context) for each in self.vary), needs)
        html = keep(request, key, self.lasts, lambda: self._rendered(context, shown))
        return mark_safe(html)  # noqa: S308 (a template made it)

    def _rendered(self, context: template.Context, shown: Iterable[Any]) -> str:
        html = str(self.nodelist.render(context))
        note(*shown)
        return html


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep what stands between ``{% kept SECONDS "name" … %}`` and ``{% endkept %}``.

    Words without a name are what it varies by. The others:

    ``of``: the thing whose page it stands on. ``shows``: the kinds of other things that it shows. ``also``: other
    scopes. ``reader``: for whom it is kept, see ``core.fragments``. ``links``: whether text in it may lead anywhere.
    ``shown``: things that were chosen among everything; it holds as long as none of them has changed.

    The seconds are for what changes by the clock ("open until 12:00") and for what may be chosen anew.
    """
    _tag, lasts, name, *words = token.split_contents()
    vary: list[FilterExpression] = []
    options: dict[str, FilterExpression] = {}
    for word in words:
        before, sign, after = word.partition("=")
        if sign and before in OPTIONS:
            options[before] = parser.compile_filter(after)
        else:
            vary.append(parser.compile_filter(word))
    body = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(body, int(lasts), name.strip("\"'"), vary, options)
