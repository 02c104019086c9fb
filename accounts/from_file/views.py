"""People from a file: choose it, see what would happen, and press the button."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import hub_team_only
from accounts.from_file import services
from accounts.from_file.checking import Checked, Verdict, check, fingerprint
from accounts.from_file.forms import MOST_LINES, FileForm
from accounts.from_file.models import PeopleFile, kept_since
from accounts.from_file.reading import read
from core.pagination import page_of
from core.parameters import parameter
from core.rate_limits import limited
from people.requests import SignedInRequest

TABS = {
    Verdict.REFUSED: gettext_lazy("Cannot be taken"),
    Verdict.NEW: gettext_lazy("New"),
    Verdict.CHANGED: gettext_lazy("Changed"),
    Verdict.SAME: gettext_lazy("As they are"),
}
PER_PAGE = 50


@login_required
@hub_team_only
@require_http_methods(["GET", "HEAD", "POST"])
@limited("uploads")
def from_file(request: SignedInRequest) -> HttpResponse:
    """Choose a file. Nothing happens before its preview."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        PeopleFile.objects.filter(by=request.user).delete()  # one at a time
        kept = PeopleFile.objects.create(
            by=request.user, name=said["name"], content=said["file"], kind=said["kind"], invites=said["invites"]
        )
        return redirect("people_preview", pk=kept.pk)
    context = {"form": form, "most": MOST_LINES}
    return render(request, "accounts/from_file.html", context, status=422 if form.errors else 200)


def get_file(request: SignedInRequest, pk: int) -> PeopleFile:
    """The viewer's own file, or 404: what somebody else uploaded is theirs alone."""
    return get_object_or_404(PeopleFile, pk=pk, by=request.user, made__gte=kept_since())


@login_required
@hub_team_only
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would happen, line by line; then it happens, or the file is thrown away. Either way it is gone."""
    if request.method == "POST" and not PeopleFile.objects.filter(pk=pk, by=request.user).exists():
        messages.info(request, _("This file was taken over or thrown away already."))
        return redirect("people_from_file")
    kept = get_file(request, pk)
    if request.method == "POST" and request.POST.get("deed") != "take":
        kept.delete()
        messages.success(request, _("The file is thrown away. Nothing was changed."))
        return redirect("people_from_file")
    if request.method == "POST":
        return _take(request, kept)
    table = read(bytes(kept.content), MOST_LINES)
    lines = check(table, kept.kind)
    return render(request, "accounts/people_preview.html", _context(request, kept, lines, table.unknown))


def _take(request: SignedInRequest, kept: PeopleFile) -> HttpResponse:
    pk, where = kept.pk, "invitations" if kept.invites else "people_from_file"
    try:
        counts = services.take_file(kept, MOST_LINES, request.user, request.POST.get("shown", ""))
    except services.Otherwise:
        messages.error(request, _("Accounts were changed meanwhile. Look at the lines again, and press once more."))
        return redirect("people_preview", pk=pk)
    if counts is None:
        messages.info(request, _("This file was taken over or thrown away already."))
    else:
        messages.success(request, _taken(counts))
    return redirect(where)


def _context(request: SignedInRequest, kept: PeopleFile, lines: list[Checked], unknown: list[str]) -> dict[str, Any]:
    by_verdict = {verdict: [one for one in lines if one.verdict is verdict] for verdict in TABS}
    first = next((verdict for verdict, some in by_verdict.items() if some), Verdict.NEW)
    asked = parameter(request, "lines")
    chosen = Verdict(asked) if asked in {verdict.value for verdict in Verdict} else first
    return {
        "file": kept,
        "unknown": unknown,
        "lines": page_of(request, by_verdict[chosen], PER_PAGE),
        "chosen": chosen.value,
        "tabs": [{"value": one.value, "label": TABS[one], "count": len(some)} for one, some in by_verdict.items()],
        "shown": fingerprint(lines),
        "taken": len(by_verdict[Verdict.NEW]) + len(by_verdict[Verdict.CHANGED]),
        "refused": len(by_verdict[Verdict.REFUSED]),
    }


def _taken(counts: services.Counts) -> str:
    new, changed, refused = counts[Verdict.NEW], counts[Verdict.CHANGED], counts[Verdict.REFUSED]
    parts = [ngettext("%(n)s person is new.", "%(n)s people are new.", new) % {"n": new}]
    if changed:
        parts.append(ngettext("%(n)s was changed.", "%(n)s were changed.", changed) % {"n": changed})
    if refused:
        parts.append(ngettext("%(n)s line was left out.", "%(n)s lines were left out.", refused) % {"n": refused})
    return " ".join(parts)
