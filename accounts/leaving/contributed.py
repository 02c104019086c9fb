"""What leaving gives to other rooms."""

from django.utils.translation import gettext_lazy as _

from accounts.leaving import notices as leaving, saved, services
from core.notices import NoticeKind, add_notice_kind
from core.periodic import PERIODIC
from people.handover import HANDOVERS


def contribute() -> None:
    HANDOVERS.add("saved", saved.SAVED, order=99)
    PERIODIC.add("people whose last day is past", services.see_to_the_day)
    add_notice_kind(
        NoticeKind(
            leaving.PLANNED,
            _("Your last day is set"),
            leaving.planned,
            leaving.accounts,
            recipients=leaving.themselves,
            tells_actor=True,
        )
    )
    add_notice_kind(
        NoticeKind(
            leaving.LEFT,
            _("Somebody has left and has something to hand over"),
            leaving.left,
            leaving.open_departures,
            recipients=leaving.who_sees_to_it,
        )
    )
    add_notice_kind(
        NoticeKind(
            leaving.BACK,
            _("You are back, and what was paused goes on"),
            leaving.came_back,
            leaving.accounts,
            recipients=leaving.themselves,
        )
    )
    add_notice_kind(
        NoticeKind(
            leaving.GIVEN,
            _("Something was handed over to you"),
            leaving.handed_over,
            leaving.things,
            recipients=leaving.who_has_it_now,
            matter=leaving.matter,
        )
    )
