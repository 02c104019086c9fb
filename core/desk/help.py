"""Help where one stands: the guide for editors as a page of the editor, and words at the top of each form."""

import re
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.admin.panels import Panel

from core.markup import rich_text

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "editors.md"
HEADING = re.compile(r"<(h[2-4])>(.*?)</\1>", re.DOTALL)
TITLE = re.compile(r"\A# .*\n")


@lru_cache(maxsize=1)
def guide() -> SafeString:
    """The guide that comes with the hub, with a place to link to at each heading."""
    text = TITLE.sub("", GUIDE.read_text(encoding="utf-8")) if GUIDE.exists() else ""
    return mark_safe(HEADING.sub(_placed, rich_text(text, top=2)))  # noqa: S308 (rich_text cleans it)


def _placed(heading: re.Match[str]) -> str:
    level, words = heading.groups()
    return f'<{level} id="{slugify(unescape(strip_tags(words)))}">{words}</{level}>'


class HereHelp(Panel):
    """What somebody who opens the form needs to know first. Each page type says it in ``editor_help``."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/desk/here.html"

        def is_shown(self) -> bool:
            return bool(getattr(self.instance, "editor_help", ""))

        def get_context_data(self, parent_context: Any = None) -> Any:
            words, place = self.instance.editor_help, self.instance.editor_help_at
            link = f"{reverse('desk_help')}#{place}"
            return {**super().get_context_data(parent_context), "words": words, "link": link}
