"""The page behind the link of an invitation. Programs that look for viruses open links: only a button does anything."""

from http import HTTPStatus
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.invitations import answering, services, tokens
from accounts.invitations.answering import LinkStanding
from accounts.invitations.forms import AcceptInvitationForm, may_write_to
from accounts.invitations.models import Invitation
from accounts.invitations.preview import promise
from accounts.invitations.targets import goal_of
from communities.models import State
from people.addresses import owner_of
from people.models import User

STATUS = {LinkStanding.OVER: HTTPStatus.GONE, LinkStanding.USED: HTTPStatus.GONE}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody who was invited needs to decide, and what they decide."""
    found = tokens.found_by(token)
    if found is None:
        return _page(request, None, LinkStanding.OVER, status=HTTPStatus.NOT_FOUND)
    standing = answering.standing(found, request.user)
    if request.method == "POST":
        try:
            return _answered(request, found, token, standing)
        except answering.NotOpen:
            found.refresh_from_db()
            standing = answering.standing(found, request.user)
    return _page(request, found, standing, status=STATUS.get(standing, HTTPStatus.OK))


def _answered(request: HttpRequest, found: Invitation, token: str, standing: LinkStanding) -> HttpResponse:
    """What was pressed, as far as it can be done by this person now."""
    answer = request.POST.get("answer")
    if standing is LinkStanding.OLD and answer == "again":
        return _send_again(request, found)
    if standing in {LinkStanding.NEW, LinkStanding.JOIN} and answer == "no":
        answering.decline(found)
        return render(request, "accounts/declined.html", {"invitation": found})
    if standing is LinkStanding.JOIN:
        return _joined(request, found, token)
    if standing is LinkStanding.NEW and _may_choose_password(found):
        return _made_account(request, found, token)
    if standing is LinkStanding.USED and (person := _pressed_twice(request, found)):
        return _sign_in(request, person, found)
    return _page(request, found, standing, status=STATUS.get(standing, HTTPStatus.OK))


def _send_again(request: HttpRequest, found: Invitation) -> HttpResponse:
    if may_write_to(found.email):
        services.send_link_again(found)
        return render(request, "accounts/link_sent.html", {"invitation": found})
    messages.error(request, _("There were enough e-mails to this address today. Try again tomorrow."))
    return _page(request, found, LinkStanding.OLD)


def _joined(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    person = cast("User", request.user)
    answering.accept_as(found, token, person)
    return _welcome(request, person, found)


def _made_account(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = AcceptInvitationForm(request.POST, email=found.email)
    if not form.is_valid():
        return _page(request, found, LinkStanding.NEW, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    said = form.cleaned_data
    person = answering.make_account(found, token, said["name"], said["password1"])
    return _sign_in(request, person, found)


def _pressed_twice(request: HttpRequest, found: Invitation) -> User | None:
    """The account that this form has just made, when its button was pressed twice: it holds the same password."""
    if request.user.is_authenticated or found.person is None or not _may_choose_password(found):
        return None
    credentials = {"email": found.person.email, "password": request.POST.get("password1", "")}
    try:
        person = get_adapter(request).authenticate(request, **credentials) if credentials["password"] else None
    except ValidationError:  # too many wrong passwords: the page leads to the sign-in, which says so
        return None
    return person if isinstance(person, User) and person.pk == found.person_id else None


def _sign_in(request: HttpRequest, person: User, found: Invitation) -> HttpResponse:
    """As after any sign-in with a password: a second factor is asked for where there is one."""
    where = _welcome(request, person, found)
    record_authentication(request, person, method="password", email=person.email)
    response: HttpResponse = perform_login(request, person, email_verification="none", redirect_url=where["Location"])
    return response


def _welcome(request: HttpRequest, person: User, found: Invitation) -> HttpResponse:
    """Say what they are now, and lead to it."""
    if goal := goal_of(found):
        messages.success(request, _("You’re in. Here is the conversation to which you were invited."))
        return redirect(goal.url)
    community = found.community
    membership = person.memberships.current().filter(community=community).first() if community else None
    if community is None or membership is None:
        messages.success(request, _("You’re in. Look round, and join what concerns you."))
        return redirect("/")
    words = {
        State.ACTIVE: _("You’re in. %(community)s is now among your communities."),
        State.WAITING: _("%(community)s is full. You are on the waiting list until a place is free."),
        State.INVITED: _("%(community)s takes nobody in at present. Your invitation stands: answer it later."),
        State.ASKED: _("%(community)s takes nobody in at present. You are among those who asked."),
    }
    state = State(membership.state)
    messages.success(request, words.get(state, words[State.ASKED]) % {"community": community.title})
    return redirect(community.url if state is State.ACTIVE and community.live else "/")


def _page(
    request: HttpRequest,
    found: Invitation | None,
    standing: LinkStanding,
    *,
    form: AcceptInvitationForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {"invitation": found, "standing": standing.value}
    if found is not None and standing in {
        LinkStanding.NEW,
        LinkStanding.JOIN,
        LinkStanding.SIGN_IN,
        LinkStanding.SOMEBODY_ELSE,
    }:
        context["by_password"] = _may_choose_password(found)
        context["goal"] = goal_of(found)
        context["promise"] = promise(found.kind, found.community, context["goal"])
        context["form"] = form or AcceptInvitationForm(
            email=found.email, initial={"name": found.name or _name_of(found)}
        )
    response = render(request, "accounts/invitation.html", context, status=status)
    response["Referrer-Policy"] = "strict-origin"  # the address is a secret; without an origin no form is taken
    return response


def _may_choose_password(found: Invitation) -> bool:
    """Not where the operator wants that kind of people to sign on with their organisation alone. What an account says
    that waits for its person counts for more than what somebody said who invites them.
    """
    if not settings.SIGN_ON:
        return True
    owner = owner_of(found.email)
    return (found.kind if owner is None else owner.kind) not in settings.SIGN_ON_ONLY


def _name_of(found: Invitation) -> str:
    """The name of an account that was made from a file and waits for its person."""
    return found.person.name if found.person is not None else ""
