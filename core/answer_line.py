"""The line above which somebody answers an e-mail of the hub. It is found by its marks, in whatever language it is."""

import re

from django.utils.translation import gettext as _

IS_ANSWER_LINE = re.compile(r"^[>\s]*##- .{1,120}|^[>\s*]*.{0,120} -##[\s*]*$")


def answer_line() -> str:
    """Short, so that no mail program breaks it in two."""
    return f"##- {_('Write your answer above this line')} -##"
