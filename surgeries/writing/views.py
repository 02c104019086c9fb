"""Starting a surgery: the form, its preview, and publishing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.access import get_community
from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import can
from core.current_reader import reading
from core.writing import drafts
from core.writing.autosave import is_autosave, kept, not_kept
from core.writing.together import fingerprint
from people.requests import SignedInRequest
from surgeries.models import SurgeryPage
from surgeries.series.access import get_surgery
from surgeries.series.views import for_those_who_may
from surgeries.writing import services
from surgeries.writing.fields import is_only_in_the_editor, values_of
from surgeries.writing.forms import SurgeryForm
from surgeries.writing.listings import mine_context

CONFLICT, UNPROCESSABLE = 409, 422


@for_those_who_may
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The surgeries that I look after, my drafts of them, and where I may start one."""
    return render(request, "surgeries/mine.html", mine_context(request))


@for_those_who_may
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A surgery that is not kept yet: it is as soon as something is typed, or *Save* is pressed."""
    community = get_community(request, slug)
    if not can(request.user, Capability.SURGERIES, community):
        raise Http404
    begun = {"audience": community.audience, "for_whom": "both"}
    form = SurgeryForm(request.POST or None, community=community, initial=begun)
    if request.method == "POST" and form.is_valid():
        surgery = services.begin(community, form.typed(), request.user)
        return _go_on(request, surgery, surgery, form)
    return _form(request, form, community)


def _get_written(request: HttpRequest, pk: int) -> tuple[SurgeryPage, SurgeryPage, CommunityPage]:
    """The row, its newest version, and the community. A draft that goes into another community is written there."""
    row = get_surgery(request, pk)
    draft: SurgeryPage = drafts.draft_of(row)
    if row.community is None or draft.community_id != row.community_id:
        raise Http404
    return row, draft, row.community


@for_those_who_may
@require_http_methods(["GET", "HEAD", "POST"])
def surgery(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write on in a surgery."""
    row, draft, community = _get_written(request, pk)
    form = _filled(draft, community, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, community, row)
    try:
        saved = services.save(row, form.typed(), form.cleaned_data["seen"], request.user)
    except drafts.Meanwhile as meanwhile:
        found = {**meanwhile.found.values, "seen": meanwhile.seen}
        form = SurgeryForm(community=community, initial=found)
        theirs = [(form[name], text) for name, text in meanwhile.found.theirs.items()]
        return _form(request, form, community, row, meanwhile=True, theirs=theirs)
    except drafts.CannotWrite as refusal:
        return _form(request, form, community, row, refusal=str(refusal))
    return _go_on(request, row, saved, form)


def _filled(draft: SurgeryPage, community: CommunityPage, posted: QueryDict | None = None) -> SurgeryForm:
    values = values_of(draft)
    form = SurgeryForm(posted, community=community, initial={**values, "seen": fingerprint(values)})
    if is_only_in_the_editor(draft):
        del form.fields["description"]
    return form


def _go_on(request: SignedInRequest, row: SurgeryPage, saved: SurgeryPage, form: SurgeryForm) -> HttpResponse:
    """What was pressed, once all that was typed is kept."""
    address = reverse("surgeries:write", args=[row.pk])
    deed = request.POST.get("deed", "")
    if is_autosave(request):
        return kept(address, values_of(saved))
    if deed == "preview":
        return redirect("surgeries:preview", pk=row.pk)
    if deed == "publish":
        return _publish(request, row, saved, form)
    messages.success(request, _("Your draft is kept."))
    return redirect(address)


def _publish(request: SignedInRequest, row: SurgeryPage, saved: SurgeryPage, form: SurgeryForm) -> HttpResponse:
    posted = request.POST.copy()
    posted["seen"] = fingerprint(values_of(saved))  # it was kept just now
    community = saved.community
    if community is None:
        raise Http404
    filled = _filled(saved, community, posted)
    filled.is_valid()
    for name, words in services.missing(form.typed()).items():
        filled.add_error(name, words)
    if filled.errors:
        return _form(request, filled, community, row)
    try:
        published = services.publish(row, request.user)
    except ValidationError as error:
        filled.add_error(None, error.messages)
        return _form(request, filled, community, row)
    if published is None:
        messages.success(request, _("It waits for the word of somebody else of the community. You hear from them."))
        return redirect("surgeries:mine")
    if published.sessions.exists():
        messages.success(request, _("It is published."))
        return redirect(published.url)
    messages.success(request, _("It is published. Say when it is held."))
    return redirect("surgeries:dates", pk=row.pk)


def _form(
    request: SignedInRequest,
    form: SurgeryForm,
    community: CommunityPage,
    row: SurgeryPage | None = None,
    **more: Any,
) -> HttpResponse:
    refusal = more.pop("refusal", "") or (drafts.why_not(row, request.user) if row else "")
    meanwhile = bool(more.get("meanwhile"))
    if is_autosave(request):
        return not_kept(refusal, meanwhile=meanwhile)
    status = CONFLICT if meanwhile or (refusal and form.is_bound) else UNPROCESSABLE if form.errors else 200
    draft = drafts.draft_of(row) if row else None
    context = {"form": form, "community": community, "surgery": row, "draft": draft, "refusal": refusal, **more}
    return render(request, "surgeries/write.html", context, status=status)


@for_those_who_may
@require_safe
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft as readers would see it. Nothing of it is kept for others."""
    _row, draft, _community = _get_written(request, pk)
    request.is_preview = True  # type: ignore[attr-defined]  # of Wagtail's previews, too: no fragment is kept
    with reading(request):
        context = draft.get_context(request)
        return render(request, draft.template, {**context, "edit_url": "", "writing": draft})
