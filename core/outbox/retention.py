"""What the outbox forgets."""

from datetime import timedelta

from django.utils import timezone

from core.outbox.models import Delivery

KEPT = timedelta(days=90)


def tidy() -> int:
    """Remove what was set aside so long ago that nobody will bring it any more; how much that was.

    What was consumed is gone already: a delivery is removed when it is settled.
    """
    return Delivery.objects.poison().filter(set_aside__lt=timezone.now() - KEPT).delete()[0]
