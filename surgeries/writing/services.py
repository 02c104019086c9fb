"""A surgery is written as a draft that Wagtail keeps, and published with Wagtail's own actions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from communities.approving import requests
from communities.approving.approvers import needs_a_word
from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import require
from core.writing import drafts
from core.writing.together import Values
from people.models import User
from surgeries.models import SurgeryIndexPage, SurgeryPage
from surgeries.series.services import lock
from surgeries.writing.fields import KIND, NEEDED


@transaction.atomic
def begin(community: CommunityPage, typed: Values, by: User) -> SurgeryPage:
    """A new draft. Nobody is shown it but those who look after the community's surgeries."""
    require(by, Capability.SURGERIES, community)
    page = SurgeryPage(community=community)
    found: SurgeryPage = drafts.begin(page, SurgeryIndexPage.objects.get(), typed, by, KIND)
    return found


@transaction.atomic
def save(surgery: SurgeryPage, typed: Values, seen: str, by: User) -> SurgeryPage:
    """Keep what was typed as the newest draft."""
    require(by, Capability.SURGERIES, surgery)
    lock(surgery)
    row = SurgeryPage.objects.select_related("community", "latest_revision").get(pk=surgery.pk)
    if refusal := drafts.why_not(row, by):
        raise drafts.CannotWrite(refusal)
    draft: SurgeryPage = drafts.keep(row, typed, seen, by, KIND)
    return draft


def missing(typed: Values) -> dict[str, str]:
    """What a surgery needs before others read it, by field."""
    return {name: _("Write this before others read it.") for name in NEEDED if not typed[name].strip()}


@transaction.atomic
def publish(surgery: SurgeryPage, by: User) -> SurgeryPage | None:
    """Publish the newest draft. Whoever looks after surgeries writes and publishes them: it is one right.

    ``None`` where the community wants somebody else's word first; it is asked for.
    """
    draft = drafts.draft_of(SurgeryPage.objects.select_related("latest_revision").get(pk=surgery.pk))
    require(by, Capability.SURGERIES, draft)
    if gaps := list(draft.asked_before_publishing()):
        raise ValidationError(gaps)
    if draft.first_published_at is None:
        draft.slug = ""  # its address follows its title, which may be a new one
    revision = draft.save_revision(user=by, changed=False, log_action=False)
    if needs_a_word(by, SurgeryPage, {surgery.community_id, draft.community_id}):
        requests.send(SurgeryPage.objects.get(pk=surgery.pk), by)
        return None
    revision.publish(user=by, skip_permission_checks=True)  # the right was asked above
    return SurgeryPage.objects.get(pk=surgery.pk)
