"""What waits for a reader of the front page because others wrote something that needs their word before it is shown."""

from django.utils.translation import gettext as _

from communities.approval.approvers import waiting_for
from communities.writing.naming import community_of
from home.to_do import AskedOfYou
from people.models import User

SHOWN = 3


def asked_to_publish(person: User) -> list[AskedOfYou]:
    """The longest waiting first."""
    waiting = ((state.page, state.workflow_state.requested_by) for state in waiting_for(person, SHOWN))
    return [
        AskedOfYou(
            title=_("To be published: %(title)s") % {"title": page.draft_title},
            text=_("%(person)s asks, for %(community)s.")
            % {"person": by or _("Somebody"), "community": community_of(page)},
            action=_("Read it and answer"),
            url=page.writing_address,
        )
        for page, by in waiting
    ]
