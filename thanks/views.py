"""Thanking somebody, and what one was thanked for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import Topic
from core.parameters import parameter
from core.rate_limits import limited
from people.models import User
from people.requests import SignedInRequest
from thanks import listings, services
from thanks.access import get_mine, get_received, get_whom, is_gone
from thanks.forms import OPENLY, ThanksForm
from thanks.thankable import ThankableThing

UNPROCESSABLE = 422
MOST_TOPICS = 8


@login_required
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What I was thanked for, and whom I thanked."""
    return render(request, "thanks/mine.html", listings.mine_context(request, request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("thanks")
def give(request: SignedInRequest) -> HttpResponse:
    """Thank somebody for a thing (``for``), or a person (``to``) in words."""
    thing, people = get_whom(request, parameter(request, "for"), parameter(request, "to"))
    back = thing.url if thing else people[0].get_absolute_url()
    if not people:
        messages.info(request, _("There is nobody here whom you could thank."))
        return redirect(back)
    topics = topics_for(thing, people)
    form = ThanksForm(request.POST or None, people=people, topics=topics, has_thing=thing is not None)
    if request.method == "POST" and form.is_valid() and _given(request, form, thing):
        messages.success(request, _("Your thanks are on their way."))
        return redirect(back)
    context = {
        "form": form,
        "thing": thing,
        "people": people,
        "cancel_url": thing.url if thing else people[0].get_absolute_url(),
    }
    return render(request, "thanks/give.html", context, status=UNPROCESSABLE if form.errors else 200)


def _given(request: SignedInRequest, form: ThanksForm, thing: ThankableThing | None) -> bool:
    said = form.cleaned_data
    try:
        services.give(
            request.user,
            said["to"],
            said["words"],
            thing=thing,
            topics=said.get("topics", ()),
            is_open=said["how"] == OPENLY,
        )
    except services.CannotThank as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def topics_for(thing: ThankableThing | None, people: list[User]) -> list[Topic]:
    """What the thing is about, or what the person says that they know."""
    if thing is not None:
        return list(Topic.objects.filter(name__in=thing.topics)[:MOST_TOPICS])
    return list(people[0].skills.order_by("name")[:MOST_TOPICS])


@login_required
@require_POST
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put it on my page, or take it off again: the button says which."""
    thanks = get_received(request, pk)
    (services.hide if "take_back" in request.POST else services.show)(thanks)
    return redirect(thanks.get_absolute_url())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, and let go of thanks: those that I gave, or was given and do not want."""
    if request.method == "POST" and is_gone(request, pk):  # pressed twice, or the other one was quicker
        messages.success(request, _("It is gone."))
        return redirect("thanks:mine")
    thanks = get_mine(request, pk)
    if request.method == "POST":
        services.take_back(thanks)
        messages.success(request, _("It is gone."))
        return redirect("thanks:mine")
    return render(request, "thanks/take_back.html", {"thanks": thanks, "is_mine": thanks.giver_id == request.user.pk})
