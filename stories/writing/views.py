"""Telling a story: the list of one's drafts, the form, its preview, and what those answer who publish."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_community
from communities.approval.approvers import NOT_YOURS, NotTheirs
from communities.approval.requests import last_word
from communities.choices import Capability
from communities.models import CommunityPage
from communities.rights import NotAllowed, refusal
from core.audiences import may_see
from core.current_reader import reading
from core.editing.access import is_open
from core.pictures.shown import ON_ITS_PAGE, photograph_of
from core.text import one_line
from core.writing import drafts
from core.writing.autosave import is_autosave, kept, not_kept
from core.writing.refused import refused
from core.writing.together import fingerprint
from people.requests import SignedInRequest
from stories.models import PARTS, StoryPage
from stories.named.listings import names_context
from stories.writing import services
from stories.writing.access import Part, draft_of, get_story, home_of, part_in
from stories.writing.fields import only_in_the_editor, values_of
from stories.writing.forms import StoryForm
from stories.writing.listings import mine_context

CONFLICT, UNPROCESSABLE = 409, 422
LONGEST_WORD = 400  # letters of what an answer says


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """My drafts, what waits for me, and where I may tell a story."""
    return render(request, "stories/mine.html", mine_context(request))


def gives_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where the right ends between the form and the change, what was typed goes back."""

    @wraps(view)
    def answer(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as ended:
            return refused(request, ended.answer.because, ended.answer.ask, reverse("story_writing:mine"))

    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@gives_back
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """A story that is not kept yet: it is as soon as something is typed, or *Save* is pressed."""
    community = get_community(request, slug)
    part = part_in(request.user, community)
    if not part.writes:
        if request.method == "POST":  # they typed something, and get it back
            raise NotAllowed(refusal(request.user, Capability.WRITE_STORIES, community))
        raise Http404
    form = StoryForm(
        request.POST or None,
        request.FILES or None,
        community=community,
        may_speak=part.speaks,
        initial=_begun(community),
    )
    if request.method == "POST" and form.is_valid():
        story = services.begin(community, form.typed(), request.user, form.photograph_typed())
        return _go_on(request, story, story, part, form)
    return _form(request, form, community, part)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@gives_back
def story(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write on in a story."""
    try:
        row, part = get_story(request, pk)
    except Http404:
        return _no_longer(request, pk)
    draft = draft_of(row)
    form = _filled(request, draft, part)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, row.community, part, row)
    try:
        saved = services.save(row, form.typed(), form.cleaned_data["seen"], request.user, form.photograph_typed())
    except services.Meanwhile as meanwhile:
        found: dict[str, Any] = {
            **meanwhile.found.values,
            "seen": meanwhile.seen,
            "shows": form.cleaned_data.get("shows", ""),
        }
        found["speaks"] = bool(found["speaks"])
        if not is_autosave(request):
            found |= form.photograph_again(request.user, form.cleaned_data["title"])
        form = StoryForm(community=home_of(row), story=draft_of(row), may_speak=part.speaks, initial=found)
        theirs = [(form[name], text) for name, text in meanwhile.found.theirs.items()]
        return _form(request, form, row.community, part, row, meanwhile=True, theirs=theirs)
    except services.CannotWrite as refusal:
        return _form(request, form, row.community, part, row, refusal=str(refusal))
    return _go_on(request, row, saved, part, form)


def _begun(community: CommunityPage) -> dict[str, str]:
    return {"audience": community.audience}


def _filled(request: SignedInRequest, draft: StoryPage, part: Part, seen: str = "") -> StoryForm:
    values: dict[str, Any] = values_of(draft)
    shows = draft.picture.description if draft.picture else ""
    initial = {**values, "speaks": draft.speaks, "shows": shows, "seen": fingerprint(values)}
    data = request.POST.copy()
    if seen:
        data["seen"] = seen  # it was kept just now, its photograph too
        data["brought"] = ""
    posted = () if request.method != "POST" else (data,) if seen else (data, request.FILES)
    form = StoryForm(*posted, community=home_of(draft), story=draft, may_speak=part.speaks, initial=initial)
    for name in only_in_the_editor(draft):
        del form.fields[name]
    return form


def _go_on(request: SignedInRequest, row: StoryPage, saved: StoryPage, part: Part, form: StoryForm) -> HttpResponse:
    """What was pressed, once all that was typed is kept."""
    address = reverse("story_writing:story", args=[row.pk])
    deed = request.POST.get("deed", "")
    if is_autosave(request):
        return kept(address, values_of(saved))
    if deed == "preview":
        return redirect("story_writing:preview", pk=row.pk)
    if deed in ("publish", "send"):
        return _hand_on(request, row, saved, part, form)
    messages.success(request, _("Your draft is kept."))
    return redirect(address)


def _hand_on(request: SignedInRequest, row: StoryPage, saved: StoryPage, part: Part, form: StoryForm) -> HttpResponse:
    """Publish it, or send it to those who may."""
    lacks = {name: words for name, words in services.missing(form.typed()).items() if name in form.fields}
    if lacks:
        filled = _filled(request, saved, part, seen=fingerprint(values_of(saved)))
        filled.is_valid()
        for name, words in lacks.items():
            filled.add_error(name, words)
        return _form(request, filled, row.community, part, row)
    if request.POST["deed"] == "send" or not part.at_once:
        services.send(row, request.user)
        messages.success(request, _("It is with those who publish stories of this community. You hear from them."))
        return redirect("story_writing:mine")
    try:
        published = services.publish(row, request.user)
    except NotTheirs:
        form.add_error(None, str(NOT_YOURS))
        return _form(request, form, row.community, part, row)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _form(request, form, row.community, part, row)
    messages.success(request, _("Your story is published."))
    return redirect(published.url)


def _form(
    request: SignedInRequest,
    form: StoryForm,
    community: CommunityPage | None,
    part: Part,
    row: StoryPage | None = None,
    **more: Any,
) -> HttpResponse:
    refusal = more.get("refusal") or (services.why_not(row, request.user) if row else "")
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    if more:
        status = CONFLICT
    if is_autosave(request):
        return not_kept(str(refusal), meanwhile=bool(more) and not refusal)
    context = {
        "form": form,
        "community": community,
        "part": part,
        "story": row,
        "refusal": refusal,
        "parts": PARTS,
        **more,
    }
    if row is not None:
        draft = draft_of(row)
        context |= {"last": last_word(row), "is_mine": row.owner_id == request.user.pk, "draft": draft}
        context["discards"] = not refusal and drafts.is_own_beginning(row, request.user)
        context["names"] = names_context(draft, request.user)
        context["photograph"] = photograph_of(draft, request.user, ON_ITS_PAGE)
    return render(request, "stories/write.html", context, status=status)


def _no_longer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its writer, whose right ended, gets back what they typed, and reads what they kept where they still see the
    community. Everybody else learns nothing.
    """
    stories = StoryPage.objects.select_related("community", "latest_revision")
    own: StoryPage = get_object_or_404(stories.filter(owner=request.user), id=pk)
    kept: dict[str, str] | None = None
    if request.method != "POST":
        wrote_last = own.latest_revision is not None and own.latest_revision.user_id == request.user.pk
        if own.live or not wrote_last or not may_see(request.user, home_of(own)):
            raise Http404
        kept = values_of(draft_of(own))
    answer = refusal(request.user, Capability.WRITE_STORIES, own.community)
    return refused(request, answer.because, answer.ask, reverse("story_writing:mine"), kept)


@login_required
@require_safe
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft as readers would see it. Nothing of it is kept for others."""
    row, _part = get_story(request, pk)
    draft = draft_of(row)
    request.is_preview = True  # type: ignore[attr-defined]  # of Wagtail's previews, too: no fragment is kept
    with reading(request):
        context = draft.get_context(request)
        return render(request, draft.template, {**context, "edit_url": "", "writing": row})


@login_required
@require_POST
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send it back to its writer, with a word."""
    try:
        row, part = get_story(request, pk)
    except Http404:
        return _answered_already(request, pk)
    word = one_line(request.POST.get("word", ""))[:LONGEST_WORD]
    if not part.at_once:
        raise Http404
    if not word:
        messages.error(request, _("Say in a line what is missing. Its writer reads it."))
        return redirect("story_writing:story", pk=pk)
    try:
        services.give_back(row, request.user, word)
    except (NotAllowed, NotTheirs) as answer:
        messages.error(request, str(answer) or str(NOT_YOURS))
    else:
        messages.success(request, _("It is back with its writer, with your word."))
    return redirect("story_writing:mine")


def _answered_already(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those who publish hear that a story waits no longer: one of them answered, or pressed twice."""
    sent: StoryPage = get_object_or_404(StoryPage.objects.select_related("community"), id=pk)
    if not (part_in(request.user, sent.community).publishes and is_open(request.user, sent) and last_word(sent)):
        raise Http404
    messages.info(request, _("It waits no longer. Nothing was changed."))
    return redirect("story_writing:mine")


@login_required
@require_POST
@gives_back
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw away what one began."""
    if StoryPage.objects.filter(id=pk).exists():  # else it was pressed twice
        try:
            services.discard(get_story(request, pk)[0], request.user)
        except services.CannotWrite as refusal:
            messages.error(request, str(refusal))
            return redirect("story_writing:story", pk=pk)
    messages.success(request, drafts.DISCARDED)
    return redirect("story_writing:mine")


@login_required
@require_POST
@gives_back
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write on in what waits."""
    row, _part = get_story(request, pk)
    services.take_back(row, request.user)
    return redirect("story_writing:story", pk=pk)
