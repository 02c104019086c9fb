"""What waits for a reader of the front page because others wrote something that needs their word before it is shown."""

from django.utils.translation import gettext as _

from communities.approval.approvers import waiting_for
from communities.approval.notices import waits_where_nobody_agrees
from communities.models import CommunityPage
from communities.models.content import ContentPage
from communities.writing.naming import community_of
from core.audiences import may_see
from home.to_do import AskedOfYou
from people.models import User

SHOWN = 3


def asked_to_publish(person: User) -> list[AskedOfYou]:
    """The longest waiting first. Of what is closed to whoever runs the hub they read that it waits, and where."""
    waiting = ((state.page, state.workflow_state.requested_by) for state in waiting_for(person, SHOWN))
    return [
        _to_publish(page, by) if may_see(person, community_of(page)) else _to_see_to(community_of(page))
        for page, by in waiting
    ]


def _to_publish(page: ContentPage | CommunityPage, by: User | None) -> AskedOfYou:
    return AskedOfYou(
        title=_("To be published: %(title)s") % {"title": page.draft_title},
        text=_("%(person)s asks, for %(community)s.")
        % {"person": by or _("Somebody"), "community": community_of(page)},
        action=_("Read it and answer"),
        url=page.writing_address,
    )


def _to_see_to(community: CommunityPage) -> AskedOfYou:
    words = waits_where_nobody_agrees(community)
    return AskedOfYou(str(words.title), str(words.text), str(words.action), words.url)
