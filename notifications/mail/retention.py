"""What is forgotten of e-mails."""

from datetime import timedelta

from django.utils import timezone

from core.row_locks import delete_locked
from notifications.letters import Letter, LetterFate

KEPT = timedelta(days=90)


def tidy() -> int:
    """Remove what was written so long ago that no window comes back; how much that was. The newest of each person's is
    where their next e-mail begins: one who gets none for so long begins with what is new in a month.
    """
    return delete_locked(Letter.objects.exclude(fate=LetterFate.BEGUN).filter(begun__lt=timezone.now() - KEPT))
