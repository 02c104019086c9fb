"""What waits for somebody's word, and the answer: told to those who agree, and to whoever asked."""

from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.models import Page, TaskState, WorkflowState

from communities.approval import approvers, requests
from communities.models import CommunityContent, CommunityPage
from communities.models.approval import CommunityApproval
from communities.rights import memberships_with
from communities.writing.naming import community_of, content_pages
from core.audiences import Person, Viewer, may_see
from core.editors import is_hub_team
from core.notices import Happened, NoticeKind, NoticeWords
from core.outbox import emit
from core.versions import changed_for
from people.models import User

ASKED, ANSWERED = "communities.asked_to_publish", "communities.answered_whether_to_publish"


# -- what the workflow says --------------------------------------------------------------------------------------------
def on_task_submitted(instance: TaskState, user: User | None = None, **_kwargs: object) -> None:
    """Somebody asks, for the first time or again, at whichever door."""
    if CommunityApproval.objects.filter(pk=instance.task_id).exists():
        _emit(ASKED, instance.workflow_state, user)


def on_approved(instance: WorkflowState, user: User | None = None, **_kwargs: object) -> None:
    _answered(instance, user, is_published=True)


def on_rejected(instance: WorkflowState, user: User | None = None, **_kwargs: object) -> None:
    _answered(instance, user, is_published=False)


def on_cancelled(instance: WorkflowState, **_kwargs: object) -> None:
    """Whoever asked writes on: nobody is asked any more."""
    if _is_of_communities(instance):
        _settled(instance)


def _answered(state: WorkflowState, user: User | None, *, is_published: bool) -> None:
    if _is_of_communities(state):
        _emit(ANSWERED, state, user, asked_by=state.requested_by_id, is_published=is_published)
        _settled(state)


def _is_of_communities(state: WorkflowState) -> bool:
    task = state.current_task_state.task_id if state.current_task_state else None
    return CommunityApproval.objects.filter(pk=task).exists()


def _settled(state: WorkflowState) -> None:
    """The number beside the face of all who were asked is counted anew: the page itself may have stayed as it was."""
    if state.content_object is not None:
        page = state.content_object.specific
        changed_for([page.owner_id, state.requested_by_id, *approvers.approvers_of(page), *approvers.hub_team()])


def _emit(kind: str, state: WorkflowState, user: User | None, **data: Any) -> None:
    if state.content_object is not None:
        emit(kind, state.content_object.specific, actor=user, data=data)


def tell_published(page: Page, by: User) -> None:
    """Somebody else published it without having been asked."""
    if page.owner_id not in (None, by.pk):
        emit(ANSWERED, page, actor=by, data={"asked_by": page.owner_id, "is_published": True})


# -- whom it concerns --------------------------------------------------------------------------------------------------
def who_agrees(event: Happened) -> list[int]:
    """Whoever may; where nobody is left, the hub team, so that nothing waits for ever."""
    page = Page.objects.filter(pk=event.subject_pk).first()
    return (approvers.approvers_of(page.specific) or approvers.hub_team()) if page else []


def who_asked(event: Happened) -> list[int]:
    """Whoever asked, and whose it is."""
    owner = Page.objects.filter(pk=event.subject_pk).values_list("owner_id", flat=True).first()
    return sorted({pk for pk in (owner, event.data.get("asked_by")) if pk and pk != event.actor})


def pages_told(reader: Person, keys: Collection[str]) -> Mapping[str, Any]:
    """One's own, what one asked for, and what one publishes; of communities that one may see. Whoever runs the hub
    hears of others, too, that something waits there: somebody has to name somebody who may agree.
    """
    open_to = CommunityPage.objects.live() if is_hub_team(reader) else CommunityPage.objects.shown_to(reader)
    asked = WorkflowState.objects.filter(object_id__in=keys, requested_by=reader.pk).values_list("object_id", flat=True)
    mine = Q(owner=reader.pk) | Q(pk__in=[int(key) for key in asked])
    found: list[Any] = []
    for kind in content_pages():
        allowed = mine | _publishes(reader, kind)
        pages = kind.objects.filter(Q() if is_hub_team(reader) else allowed, pk__in=keys, community__in=open_to)
        found += pages.select_related("community")
    waiting = set(requests.waiting(Page.objects.filter(pk__in=keys)).values_list("pk", flat=True))
    words = requests.words_returned(keys)
    own = CommunityPage.objects.filter(Q() if is_hub_team(reader) else mine | _publishes(reader, CommunityPage))
    found += own.filter(pk__in=open_to.filter(pk__in=keys))
    for page in found:
        page.__dict__ |= {
            "told_waiting": page.pk in waiting,
            "told_word": words.get(str(page.pk), ""),
            "told_closed": not may_see(reader, community_of(page)),
        }
    return {str(page.pk): page for page in found}


def _publishes(reader: Viewer, kind: type[CommunityContent | CommunityPage]) -> Q:
    with_it = (memberships_with(one).filter(person=reader.pk).values("community") for one in kind.published_with)
    where = "pk__in" if issubclass(kind, CommunityPage) else "community__in"
    return reduce(or_, (Q(**{where: communities}) for communities in with_it), Q(pk__in=()))


# -- words -------------------------------------------------------------------------------------------------------------
def asked(page: Any, event: Happened, reader: Person) -> NoticeWords | None:
    """As long as it waits."""
    if not page.told_waiting:
        return None
    if page.told_closed:
        return waits_where_nobody_agrees(community_of(page))
    title = _("%(person)s asks you to publish something") % {"person": event.by or _("Somebody")}
    return NoticeWords(
        title, page.writing_address, page.draft_title, _("Read it and answer"), about=str(community_of(page))
    )


def waits_where_nobody_agrees(community: CommunityPage) -> NoticeWords:
    """For whoever runs the hub and may not read what it is."""
    title = _("Something waits to be published in %(community)s") % {"community": community.title}
    url = reverse("communities:facilitators", args=[community.slug])
    return NoticeWords(title, url, _("Nobody there may agree to it. Name somebody who may."), _("See to it"))


def answered(page: Any, event: Happened, reader: Person) -> NoticeWords | None:
    if page.told_closed:
        return None
    if event.data.get("is_published"):
        return NoticeWords(_("What you wrote is published"), page.url, page.title) if page.live else None
    if page.told_waiting:
        return None  # it was sent again
    title = _("What you wrote came back with a word")
    return NoticeWords(title, page.writing_address, page.told_word, _("Write on"), about=page.draft_title)


KINDS = (
    NoticeKind(
        ASKED,
        gettext_lazy("Somebody asks you to publish what they wrote"),
        words=asked,
        subjects=pages_told,
        recipients=who_agrees,
    ),
    NoticeKind(
        ANSWERED,
        gettext_lazy("Something that you wrote is published or comes back"),
        words=answered,
        subjects=pages_told,
        recipients=who_asked,
    ),
)
