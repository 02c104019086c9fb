"""What changes guidance. Every function is one transaction."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from communities.choices import Capability
from communities.rights import NotAllowed, lock, refusal
from core.drafts import take_over_in_versions
from knowledge.models import GuidancePage
from knowledge.notices import tell_checked
from knowledge.permissions import can_check
from people.models import User
from search import services as search

CHECKED_FIELDS = ("checked_by", "checked_on", "due_on")


@transaction.atomic
def check(page: GuidancePage, by: User) -> date:
    """Record that ``by`` looked at the page today and found that it still holds; it falls due again after as long
    as before. Raises ``NotAllowed``.
    """
    if page.community is not None:
        lock(page.community)
    if not can_check(by, page):
        raise NotAllowed(refusal(by, Capability.GUIDANCE, page.community))
    page.due_on = page.next_due  # reckoned from the old dates, so before they change
    page.checked_by, page.checked_on = by, timezone.localdate()
    # Not page.save(): a check must not fail because some other field of an imported page would not pass today.
    GuidancePage.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in CHECKED_FIELDS})
    search.changed(page)
    take_over_in_versions(page, CHECKED_FIELDS)
    log(instance=page, action="knowledge.checked", user=by, data={"due_on": page.due_on.isoformat()})
    tell_checked(page, by)
    return page.due_on


@transaction.atomic
def hand_over(page: GuidancePage, to: User, by: User) -> None:
    """Let ``to`` look after the page from now on: they are asked when it is due."""
    page.keeper = to
    GuidancePage.objects.filter(pk=page.pk).update(keeper=to)
    take_over_in_versions(page, ["keeper"])
    log(instance=page, action="knowledge.handed_over", user=by, data={"person": str(to)})
