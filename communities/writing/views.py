"""A community writes about itself, and what it changed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.access import get_community
from communities.choices import Capability
from communities.models import CommunityPage
from communities.permissions import membership_of
from communities.rights import NotAllowed, RightsAnswer, can, refusal
from communities.writing import services
from communities.writing.changes import SHOWN, changes_of, published
from communities.writing.deeds import deeds_in, logged
from communities.writing.forms import CommunityWordsForm
from core.parameters import parameter
from core.writing.ended_rights import refused
from people.requests import SignedInRequest

CONFLICT = 409


def _no_longer(request: SignedInRequest, community: CommunityPage, answer: RightsAnswer) -> HttpResponse:
    """Whoever lost the right while they wrote gets back what they typed. Strangers learn nothing."""
    membership = membership_of(request.user, community)
    if request.method != "POST" or membership is None or not membership.is_active:
        raise Http404
    return refused(request, answer.because, answer.ask, community.url)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change what the community says of itself, and publish it."""
    community = get_community(request, slug)
    if not can(request.user, Capability.EDIT_PAGE, community):
        return _no_longer(request, community, refusal(request.user, Capability.EDIT_PAGE, community))
    closed = services.why_not(community, request.user)
    draft = None if closed else services.draft_of(community)
    beyond = services.more_than_words(draft, community) if draft else []
    from_draft = bool(draft and not beyond and parameter(request, "from") == "draft")
    source = services.source_of(community, from_draft=from_draft)
    form = CommunityWordsForm(request.POST or None, initial={**source.values, "seen": source.seen}, page=source.page)
    context: dict[str, Any] = {"draft": draft, "beyond": beyond, "from_draft": from_draft, "refusal": closed}
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.publish(
                community, form.typed(), form.cleaned_data["seen"], request.user, from_draft=from_draft
            )
        except services.CommunityChangedMeanwhile as meanwhile:
            found = {**meanwhile.found.values, "seen": meanwhile.seen}
            form = CommunityWordsForm(initial=found, page=source.page)
            theirs = [(form[name], text) for name, text in meanwhile.found.theirs.items()]
            context |= {"meanwhile": True, "theirs": theirs, "last": published(community).first()}
        except services.CannotPublish as error:
            context["refusal"] = str(error)
        except NotAllowed as error:
            return _no_longer(request, community, error.answer)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            _say(request, changed)
            return redirect(community.url)
    context |= {"page": community, "form": form}
    return render(request, "communities/edit.html", context, status=_status(request, context))


def _status(request: SignedInRequest, context: dict[str, Any]) -> int:
    if context["form"].errors:
        return 422
    return CONFLICT if request.method == "POST" else 200


def _say(request: SignedInRequest, changed: list[str]) -> None:
    if changed:
        messages.success(request, _("Saved. Everybody who may see this page sees it so now."))
    else:
        messages.info(request, _("Nothing was changed."))


@login_required
@require_safe
def changes(request: SignedInRequest, slug: str) -> HttpResponse:
    """What changed of the community's page, for its members: they may see all that it ever said to anybody."""
    community = get_community(request, slug)
    membership = membership_of(request.user, community)
    if membership is None or not membership.is_active:
        raise Http404
    number = parameter(request, "page")
    skip = (max(1, int(number)) - 1) * SHOWN if number.isascii() and number.isdigit() and len(number) < 6 else 0
    entries = list(published(community)[skip : skip + SHOWN + 1])
    done = list(logged(community)[skip : skip + SHOWN + 1])
    has_more = len(entries) > SHOWN
    context = {
        "page": community,
        "changes": changes_of(community, entries, to_the_first=not has_more),
        "deeds": deeds_in(done[:SHOWN]),
        "older": skip // SHOWN + 2 if has_more or len(done) > SHOWN else None,
        "may_edit": can(request.user, Capability.EDIT_PAGE, community),
    }
    return render(request, "communities/changes.html", context)
