"""The directory, a person's page, and one's own profile."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Topic
from core.rate_limits import limited
from people import services
from people.forms import ProfileForm
from people.listings import directory_context, person_context, topic_context, who_knows_context
from people.models import User
from people.requests import SignedInRequest


def get_person(request: HttpRequest, slug: str) -> User:
    """The person at ``slug`` whom this viewer may see, or 404."""
    person: User = get_object_or_404(User.objects.shown_to(request.user), slug=slug)
    return person


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody whom the reader may see."""
    return render(request, "people/directory.html", directory_context(request))


@require_safe
@limited("searches", methods=("GET",))
def who_knows(request: HttpRequest) -> HttpResponse:
    """People for a question, with what speaks for them."""
    return render(request, "people/who_knows.html", who_knows_context(request))


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person, by what they know and do."""
    return render(request, "people/person.html", person_context(request, get_person(request, slug)))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """All that the reader may see about one topic; 404 where that is nothing, because its name may be private too."""
    context = topic_context(request, get_object_or_404(Topic, slug=slug))
    if not context["is_shown"]:
        raise Http404
    return render(request, "people/topic.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("photographs", counts=lambda request: request.FILES)
def profile(request: SignedInRequest) -> HttpResponse:
    """What one says about oneself."""
    form = ProfileForm(request.POST or None, request.FILES or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        services.save_profile(form)
        messages.success(request, _("Your page is saved."))
        return redirect(request.user.get_absolute_url())
    status = 422 if form.errors else 200
    return render(request, "people/profile.html", {"form": form, "person": request.user}, status=status)


@login_required
@require_POST
def renew_calendar(request: SignedInRequest) -> HttpResponse:
    """A new secret address for one's calendar feed; the old one stops working."""
    services.renew_calendar_key(request.user)
    messages.success(request, _("Your calendar has a new address. The old one no longer works."))
    return redirect("people:profile")
