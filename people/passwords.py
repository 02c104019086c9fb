"""What a password may not be, beside too short."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import User

FEWEST_LETTERS = 5
LONGEST = 200  # letters; nothing longer is common, and the patterns below take a time that grows with its square
SHORT = 4  # a common word this short may well begin a good password


class NotCommonAtHeart(CommonPasswordValidator):
    """Refuses the common ones, also with numbers and signs round them, or said twice: ``Password-2026!``."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises where what is left without its decoration is common, or hardly a letter differs from the others."""
        if len(password) > LONGEST:
            return
        plain = password.strip().lower()
        heart = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
        once = re.sub(r"^(.+?)\1+$", r"\1", heart or plain)
        common = {word for word in (plain, heart, once) if len(word) > SHORT or word == plain} & self.passwords
        if common or len(set(plain)) < FEWEST_LETTERS:
            raise ValidationError(
                _("This is among the passwords that are tried first. Put three or four words together instead."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("It must not be a common password, not even with a number behind it.")
