"""What is held of one, and what the hub team does where somebody wants to be erased."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.personal_data import erasing, services
from accounts.personal_data.copying import held_of
from accounts.personal_data.forms import EraseForm, ErasureRequestForm
from accounts.personal_data.models import KEPT, ErasureRequest, HeldCopy
from core.editors import is_hub_team
from core.holdings import HOLDINGS
from core.pagination import page_of
from people.models import User
from people.requests import SignedInRequest


def copy_of(person: User) -> HeldCopy | None:
    """The copy that somebody has asked for, as long as it is there."""
    fresh = HeldCopy.objects.filter(person=person, asked__gt=timezone.now() - KEPT)
    return fresh.defer("content").first()


@login_required
@require_safe
@never_cache
def held(request: SignedInRequest) -> HttpResponse:
    """What every room holds, what goes and what stays; the copy, and the request to be erased."""
    asked = ErasureRequest.objects.filter(person=request.user).first()
    context = {"holdings": list(HOLDINGS), "copy": copy_of(request.user), "erasure": asked}
    return render(request, "accounts/personal_data/held.html", context)


@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def copy(request: SignedInRequest) -> HttpResponse:
    """Have a copy made. It is asked first whether it is them: the copy is all that the hub knows of somebody."""
    if request.method == "POST":
        services.ask_for_copy(request.user)
        messages.success(request, _("Your copy is being made. You get a notice when it is ready."))
        return redirect("held")
    return render(request, "accounts/personal_data/ask_for_copy.html")


@login_required
@reauthentication_required
@require_safe
@never_cache
def download(request: SignedInRequest) -> HttpResponse:
    """The copy itself, for its person alone."""
    fresh = HeldCopy.objects.filter(person=request.user, asked__gt=timezone.now() - KEPT).exclude(made=None)
    mine = get_object_or_404(fresh)
    response = HttpResponse(bytes(mine.content or b""), content_type="application/zip")
    name = f"{slugify(request.user.name) or 'copy'}-{timezone.localdate(mine.made):%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_for_erasure(request: SignedInRequest) -> HttpResponse:
    """Ask to be erased."""
    form = ErasureRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.ask_for_erasure(request.user, form.cleaned_data["word"])
        messages.success(request, _("The hub team was asked. Until they do it you can take it back."))
        return redirect("held")
    context = {"form": form, "holdings": list(HOLDINGS)}
    return render(request, "accounts/personal_data/ask_for_erasure.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw_erasure(request: SignedInRequest) -> HttpResponse:
    if services.withdraw_erasure(request.user):
        messages.success(request, _("Taken back. Nothing is erased."))
    return redirect("held")


# -- the hub team ------------------------------------------------------------------------------------------------------
def _ask_for_hub_team(request: HttpRequest) -> None:
    if not is_hub_team(request.user):
        raise Http404


@login_required
@require_safe
@never_cache
def erasures(request: SignedInRequest) -> HttpResponse:
    """Requests to be erased."""
    _ask_for_hub_team(request)
    waiting = page_of(request, ErasureRequest.objects.select_related("person"))
    return render(request, "accounts/personal_data/erasures.html", {"requests": waiting})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erasure(request: SignedInRequest, slug: str) -> HttpResponse:
    """What goes, what stays and why: counts, and nothing of what it says. Whoever types the name erases it."""
    _ask_for_hub_team(request)
    return _erase(request, get_object_or_404(User, slug=slug))


@reauthentication_required
def _erase(request: SignedInRequest, person: User) -> HttpResponse:
    refusal = erasing.why_not(person, request.user)
    form = EraseForm(request.POST or None, person=person)
    if request.method == "POST" and not refusal and form.is_valid():
        erasing.erase(person, request.user)
        messages.success(request, _("Erased. The log says that it was done, and not who it was."))
        return redirect("erasures")
    context = {
        "person": person,
        "form": form,
        "refusal": refusal,
        "held": held_of(person),
        "asked": ErasureRequest.objects.filter(person=person).first(),
    }
    return render(request, "accounts/personal_data/erasure.html", context, status=422 if form.errors else 200)
