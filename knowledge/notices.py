"""Guidance that is to be looked at again, and that was: told to whoever looks after it."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import Membership
from core.audiences import Person
from core.notices import Happened, Importance, NoticeKind, NoticeWords, PutInWords, by_key
from core.outbox import emit
from core.text import Words
from knowledge.models import GuidancePage, ToldDue
from people.models import User

DUE = "knowledge.due"
CHECKED = "knowledge.checked"
LATEST = timedelta(days=14)  # what was due earlier is no news when the hub begins to tell of it


@transaction.atomic
def tell_due() -> None:
    """Tell of every page that fell due, once for each day that it was due on. It may run as often as it likes."""
    today = timezone.localdate()
    due = GuidancePage.objects.live().filter(due_on__lt=today, due_on__gte=today - LATEST)
    told = set(ToldDue.objects.filter(page__in=due.order_by().values("pk")).values_list("page_id", "due_on"))
    new = [page for page in due.defer("body") if (page.pk, page.due_on) not in told]
    claim = uuid4()  # of two that run at once, whoever wrote a row tells of its page
    rows = (ToldDue(page=page, due_on=page.due_on, claim=claim) for page in new)
    ToldDue.objects.bulk_create(rows, ignore_conflicts=True)
    ours = set(ToldDue.objects.filter(claim=claim).values_list("page_id", flat=True))
    emit(DUE, [page for page in new if page.pk in ours])


def tell_checked(page: GuidancePage, by: User) -> None:
    """Somebody found that a page still holds."""
    emit(CHECKED, page, actor=by, audience=page.audience_token)


def who_looks_after_it(event: Happened) -> list[int]:
    """The facilitators of its community and whoever keeps it; where there is nobody, whoever looked at it last."""
    page = GuidancePage.objects.filter(pk=event.subject_pk).first()
    if page is None:
        return []
    looking_after = Membership.objects.stewards().filter(community=page.community_id)
    people = {*looking_after.values_list("person_id", flat=True), page.keeper_id} - {None}
    return sorted(people) or [pk for pk in [page.checked_by_id] if pk]


def guidance_shown(reader: Person, keys: Collection[str]) -> Mapping[str, GuidancePage]:
    pages = GuidancePage.objects.shown_to(reader).filter(pk__in=keys)
    return by_key(pages.select_related("community").defer("body"))


def due(page: GuidancePage, event: Happened, reader: Person) -> NoticeWords | None:
    """As long as it is due."""
    if page.due_on is None or page.due_on >= timezone.localdate():
        return None
    text = _("It was to be checked by %(day)s.") % {"day": date_format(page.due_on, "j F Y")}
    return NoticeWords(_("Does it still hold?"), page.url, text, _("Look at it again"), about=page.title)


def checked(page: GuidancePage, event: Happened, reader: Person) -> NoticeWords:
    title = _("%(person)s looked at it, and it holds") % {"person": event.by or _("Somebody")}
    return NoticeWords(title, page.url, about=page.title)


def _kind(name: str, label: Words, words: PutInWords, importance: Importance) -> NoticeKind:
    return NoticeKind(
        name, label, words=words, subjects=guidance_shown, recipients=who_looks_after_it, importance=importance
    )


KINDS = (
    _kind(DUE, gettext_lazy("Guidance that you look after is due"), due, Importance.ADDRESSED),
    _kind(CHECKED, gettext_lazy("Guidance that you look after was checked"), checked, Importance.REST),
)
