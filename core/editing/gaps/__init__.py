"""Places of Wagtail's editor that ask for no permission and have no hook, closed by hand.

Each is one function put in the place of Wagtail's, which it calls. ``tests/core/test_editor_gaps.py`` holds Wagtail to
what is assumed here: read it when Wagtail is upgraded.
"""

from core.editing.gaps import announcements, choosers, lists, made_up_addresses, permissions
from core.editing.gaps.replacing import GAPS, close

__all__ = ["GAPS", "announcements", "choosers", "close", "lists", "made_up_addresses", "permissions"]
