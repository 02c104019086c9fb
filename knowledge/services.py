"""What changes guidance. Every function is one transaction."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

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
    _take_over_in_draft(page)
    log(instance=page, action="knowledge.checked", user=by, data={"due_on": page.due_on.isoformat()})
    return page.due_on


def _take_over_in_draft(page: GuidancePage) -> None:
    """Write the check into the newest revision too: the editor starts from it, and would publish the old dates."""
    revision = page.latest_revision
    if revision is not None:
        fields = page.serializable_data()
        revision.content = {**revision.content, **{name: fields[name] for name in CHECKED_FIELDS}}
        revision.save(update_fields=["content"])
