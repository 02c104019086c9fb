"""Who is named in a story, for those who write it; and the question, for whoever is named."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.requests import SignedInRequest
from stories.consent import services
from stories.consent.forms import AnswerConsentForm, NamedForm
from stories.consent.listings import named_where, question_context
from stories.models import StoryPage
from stories.named.choices import ConsentState
from stories.named.listings import names_context
from stories.named.models import NamedPerson
from stories.writing.access import draft_of, get_story

SHOWN = 50


def get_named(story: StoryPage, pk: int) -> NamedPerson:
    """Somebody on this story’s list who can still be named, or 404."""
    named = get_object_or_404(NamedPerson.objects.select_related("person"), key=story.consent_key, pk=pk)
    if named.is_gone:
        raise Http404
    return named


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list, and a form for one more."""
    story = get_story(request, pk).row
    form = NamedForm(request.POST or None, reader=request.user, initial={"name": request.GET.get("name", "")[:160]})
    if request.method == "POST" and form.is_valid() and _kept(story, None, form, request):
        messages.success(request, _("They are on the list."))
        return redirect("story_consent:names", pk=pk)
    status = 422 if form.is_bound else 200
    draft = draft_of(story)
    context = {"story": story, "draft": draft, "form": form, **names_context(draft, request.user)}
    return render(request, "stories/consent/names.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def named(request: SignedInRequest, pk: int, named_pk: int) -> HttpResponse:
    """Say it otherwise, or write down again what somebody outside agreed to."""
    story = get_story(request, pk).row
    one = get_named(story, named_pk)
    form = NamedForm(request.POST or None, reader=request.user, instance=one)
    if request.method == "POST" and form.is_valid() and _kept(story, one, form, request):
        messages.success(request, _("Saved."))
        return redirect("story_consent:names", pk=pk)
    status = 422 if form.is_bound else 200
    return render(request, "stories/consent/named.html", {"story": story, "named": one, "form": form}, status=status)


def _kept(story: StoryPage, one: NamedPerson | None, form: NamedForm, request: SignedInRequest) -> bool:
    try:
        services.put(story, one, form.typed(), request.user)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


@login_required
@require_POST
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask everybody on the hub who has not answered to what stands there now."""
    story = get_story(request, pk).row
    asked = [one.row for one in names_context(draft_of(story), request.user)["to_ask"]]
    for one in asked:
        services.ask(story, one, request.user)
    said = ngettext("%(n)s person is asked.", "%(n)s people are asked.", len(asked))
    messages.success(request, said % {"n": len(asked)} if asked else _("There is nobody to ask now."))
    return redirect("story_consent:names", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: SignedInRequest, pk: int, named_pk: int) -> HttpResponse:
    """Their name goes from every version; asked first, because nothing brings it back."""
    story = get_story(request, pk).row
    one = get_named(story, named_pk)
    if request.method != "POST":
        return render(request, "stories/consent/take_out.html", {"story": story, "named": one})
    services.take_out(story, one, request.user)
    messages.success(request, _("The name has gone from every version. Read the story over: a sentence may limp."))
    return redirect("story_consent:names", pk=pk)


# -- whoever is named --------------------------------------------------------------------------------------------------
@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """Where I am named, and where I am asked."""
    return render(request, "stories/consent/mine.html", {"named": list(named_where(request.user)[:SHOWN])})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """What names me, and my answer; I can take it back at any time."""
    asked = NamedPerson.objects.exclude(state=ConsentState.WAITING).select_related("person")
    one = get_object_or_404(asked, pk=pk, person=request.user)
    context = question_context(one, request)
    form = AnswerConsentForm(
        request.POST or None, named=one, initial={"seen": context.get("seen", ""), "word": one.word}
    )
    if request.method == "POST" and "seen" in context and form.is_valid():
        said = form.cleaned_data
        if services.answer(one, ConsentState(said["answer"]), said["word"], said["seen"]):
            messages.success(request, _("Your answer is kept, and took effect."))
            return redirect("story_consent:question", pk=pk)
        one = get_object_or_404(asked, pk=pk, person=request.user)
        context = question_context(one, request)
        form = AnswerConsentForm(named=one, initial={**said, "seen": context.get("seen", "")})
        return render(request, "stories/consent/question.html", {**context, "form": form, "changed": True}, status=409)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "stories/consent/question.html", {**context, "form": form}, status=status)


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """I am not to be named any more."""
    one = get_object_or_404(NamedPerson.objects.exclude(state=ConsentState.WAITING), pk=pk, person=request.user)
    services.answer(one, ConsentState.WITHDRAWN, "", "")
    messages.success(request, _("Your name has gone from the story and from every version of it."))
    return redirect("story_consent:mine")
