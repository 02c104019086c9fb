"""Words that mean the same, and what was searched for."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indexing.text_analysis import words


class Synonyms(models.Model):
    """Expressions that mean the same: who searches for one finds what is written with the others.

    They widen the question, not the index, so that a change works at once and with every engine.
    """

    changes_pages = False
    expressions = models.CharField(
        _("words that mean the same"),
        max_length=500,
        help_text=_("With commas between them: ASB, anti-social behaviour, nuisance neighbours"),
    )

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering: ClassVar = ["expressions"]

    def __str__(self) -> str:
        return self.expressions

    @property
    def alternatives(self) -> list[str]:
        """The expressions, each once, as search reads them: folded words with blanks between them."""
        folded = (" ".join(words(each)) for each in self.expressions.split(","))
        return list(dict.fromkeys(filter(None, folded)))

    def clean(self) -> None:
        super().clean()
        if len(self.alternatives) < 2:
            said = _("Give at least two expressions with a comma between them: ASB, anti-social behaviour.")
            raise ValidationError({"expressions": said})


class LoggedQuery(models.Model):
    """How often something was searched for, by nobody in particular: what found nothing is work to do.

    There is no person here and no time of day, and what was asked fewer than ``FEWEST`` times is shown to nobody.
    """

    FEWEST: ClassVar = 5
    changes_pages = False

    text = models.CharField(_("searched for"), max_length=200, unique=True)
    times = models.PositiveIntegerField(_("times"), default=0)
    empty = models.PositiveIntegerField(_("found nothing"), default=0)
    opened = models.PositiveIntegerField(_("opened a result"), default=0)
    last_asked = models.DateField(_("last"), default=timezone.localdate, db_index=True)

    class Meta:
        verbose_name = _("search without an answer")
        verbose_name_plural = _("searches without an answer")

    def __str__(self) -> str:
        return self.text
