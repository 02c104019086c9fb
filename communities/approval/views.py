"""Stewards choose whose word it takes to publish what is written for their community."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from communities.access import get_managed, note_look
from communities.approval.rules import STRICTEST_FIRST, NotAllowedHere, Rules, choose, rules
from communities.choices import Approval
from communities.rights import NotAllowed
from core.writing.ended_rights import refused
from people.requests import SignedInRequest


class RuleForm(forms.Form):
    """One of what the organisation allows."""

    rule = forms.ChoiceField(
        label=gettext_lazy("Whose word does it take?"),
        help_text=gettext_lazy(
            "Before readers see a story, a page of guidance or a surgery. Only people who may publish it are asked."
        ),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, rules: Rules, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # the stubs want each by its name
        offered = [rule for rule in reversed(STRICTEST_FIRST) if rule in rules.allowed]
        field: forms.ChoiceField = self.fields["rule"]  # type: ignore[assignment]  # declared so above
        field.choices = [(rule.value, rule.label) for rule in offered]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_rule(request: SignedInRequest, slug: str) -> HttpResponse:
    community = get_managed(request, slug)
    note_look(request, community)
    now = rules()
    form = RuleForm(request.POST or None, rules=now, initial={"rule": now.of(community.pk)})
    if request.method == "POST" and form.is_valid():
        try:
            choose(community, Approval(form.cleaned_data["rule"]), request.user)
        except NotAllowed as ended:
            return refused(request, ended.answer.because, ended.answer.ask, community.url)
        except NotAllowedHere:
            form.add_error("rule", _("The organisation does not allow this any more. Choose another one."))
        else:
            messages.success(request, _("From now on it takes this."))
            return redirect("communities:members", slug=slug)
    status = 422 if form.errors else 200
    return render(request, "communities/approval.html", {"page": community, "form": form}, status=status)
