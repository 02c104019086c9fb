"""What changes guidance. Every function is one transaction."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import TaskState

from knowledge.models import GuidancePage
from people.models import User
from search import services as search

CHECKED_FIELDS = ("checked_by", "checked_on", "due_on")


@transaction.atomic
def check(page: GuidancePage, by: User) -> date:
    """Record that ``by`` looked at the page today and found that it still holds; it falls due again after as long
    as before.
    """
    page.due_on = page.next_due  # reckoned from the old dates, so before they change
    page.checked_by, page.checked_on = by, timezone.localdate()
    # Not page.save(): a check must not fail because some other field of an imported page would not pass today.
    GuidancePage.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in CHECKED_FIELDS})
    search.changed(page)
    _take_over_in_versions(page)
    log(instance=page, action="knowledge.checked", user=by, data={"due_on": page.due_on.isoformat()})
    return page.due_on


def _take_over_in_versions(page: GuidancePage) -> None:
    """Write the check into every version that may still go live: published with the old dates, it would undo it.

    Those are the newest one, which the editor starts from, those with a date, and what waits for a moderator.
    """
    to_come = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    to_come |= Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
    revisions = list(page.revisions.filter(to_come).distinct())
    fields = page.serializable_data() if revisions else {}
    for revision in revisions:
        revision.content = {**revision.content, **{name: fields[name] for name in CHECKED_FIELDS}}
        revision.save(update_fields=["content"])
