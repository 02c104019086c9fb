"""Directories, for the hub team: tokens, and where groups lead."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.scim import services, tokens
from accounts.scim.forms import DirectoryForm, MappingForm, TokenForm
from accounts.scim.listings import all_directories, directory_context, group_context
from accounts.scim.models import Directory, DirectoryGroup
from core.editors import is_hub_team
from people.requests import SignedInRequest


def get_directory(request: HttpRequest, pk: int) -> Directory:
    """A directory, for the hub team."""
    if not is_hub_team(request.user):
        raise Http404
    return get_object_or_404(Directory, pk=pk)


def get_group(request: HttpRequest, pk: UUID) -> DirectoryGroup:
    """A group of a directory, for the hub team."""
    if not is_hub_team(request.user):
        raise Http404
    return get_object_or_404(DirectoryGroup.objects.select_related("directory"), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def directories(request: SignedInRequest) -> HttpResponse:
    """All of them, and the form of another one."""
    if not is_hub_team(request.user):
        raise Http404
    form = DirectoryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = services.set_up(form.save(commit=False), request.user)
        return redirect("directory", pk=made.pk)
    context = {"form": form, "directories": all_directories()}
    return render(request, "accounts/directories.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def directory(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them; its kind and domains can be changed."""
    found = get_directory(request, pk)
    form = DirectoryForm(request.POST if request.method == "POST" else None, instance=get_directory(request, pk))
    if request.method == "POST" and form.is_valid():
        services.set_up(form.save(commit=False), request.user)
        messages.success(request, _("Saved."))
        return redirect("directory", pk=pk)
    context = {**directory_context(request, found), "form": form}
    return render(request, "accounts/directory.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a token. Whoever does so proves first that it is them: it opens all accounts of the directory."""
    get_directory(request, pk)
    return _new_token(request, pk)


@reauthentication_required
def _new_token(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_directory(request, pk)
    form = TokenForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"directory": found, "form": form, "address": request.build_absolute_uri("/scim/v2")}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        context["secret"] = tokens.make(found, said["name"], said["scope"], said["days"], request.user)
    response = render(request, "accounts/directory_token.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def withdraw_token(request: SignedInRequest, pk: int, token: int) -> HttpResponse:
    """It opens nothing any more."""
    found = get_object_or_404(get_directory(request, pk).tokens, pk=token)
    tokens.withdraw(found, request.user)
    messages.success(request, _("The token “%(name)s” is withdrawn.") % {"name": found.name})
    return redirect("directory", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Where a group leads."""
    found = get_group(request, pk)
    form = MappingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        community, role = form.cleaned_data["community"], form.cleaned_data["role"]
        services.map_group(found, community, role, request.user)
        words = {"group": found, "community": community.title}
        messages.success(request, _("%(group)s leads to %(community)s. Its people are brought in.") % words)
        return redirect("directory_group", pk=pk)
    context = {**group_context(found), "form": form}
    return render(request, "accounts/directory_group.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def unmap(request: SignedInRequest, pk: UUID, mapping: int) -> HttpResponse:
    """It leads there no more."""
    found = get_object_or_404(get_group(request, pk).mappings.select_related("community", "group"), pk=mapping)
    services.unmap(found, request.user)
    messages.success(request, _("The group leads there no more. What it gave is taken back."))
    return redirect("directory_group", pk=pk)
