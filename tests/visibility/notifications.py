"""Who gets what at the addresses of ``notifications``."""

from core.notices import Timing
from core.outbox import drain, emit
from notifications.mail import stopping
from notifications.models import Happening
from tests.visibility.rows import ANYBODY, NOT_EVEN_MEMBERS, WHO_SIGNED_IN, Row, same
from tests.visibility.world import Shelf


def _notice(shelf: Shelf) -> str:
    """That somebody asks to join, told to those who answer there."""
    emit("communities.asked", shelf.asked)
    drain("notices")
    return f"/inbox/{Happening.objects.latest('pk').pk}/"


ADDRESSES: dict[str, Row] = {
    "inbox/": same("/inbox/", WHO_SIGNED_IN),
    "inbox/new/": same("/inbox/new/", "403 200 200 200 200 200"),
    "inbox/read/": same("/inbox/read/", "sign-in 302 302 302 302 302", "post"),
    "inbox/mail/stop/<str:word>/": Row(
        lambda shelf: f"/inbox/mail/stop/{stopping.signed(shelf.person, Timing.WEEKLY)}/", ANYBODY, ANYBODY, ANYBODY
    ),
    "inbox/take-back/": same("/inbox/take-back/", "sign-in 302 302 302 302 302", "post"),
    "inbox/settings/": same("/inbox/settings/", WHO_SIGNED_IN),
    "inbox/level/<any_slug:slug>/": Row(
        lambda shelf: f"/inbox/level/{shelf.community.slug}/",
        "sign-in 404 302 302 404 404",
        NOT_EVEN_MEMBERS,
        "sign-in 404 404 404 302 404",
        "post",
    ),
    "inbox/<int:pk>/": Row(_notice, "sign-in 404 404 302 404 404", "sign-in 404 404 404 404 302", NOT_EVEN_MEMBERS),
}
