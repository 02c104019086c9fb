"""What I wrote by e-mail: nobody else sees any of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conversations import posting_rate
from conversations.attachments.composer import ComposerFiles, brought, of_mail
from conversations.draft_answers import brings_files
from conversations.mail import services
from conversations.mail.addresses import is_on
from conversations.mail.forms import PublishForm
from conversations.mail.listings import answer_url, mails_of, shown_conversation, why_not_now
from conversations.models import IncomingMail
from conversations.services.locking import CannotPost
from core.numbers import LARGEST
from core.pagination import page_of
from core.rate_limits import limited
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mails(request: SignedInRequest) -> HttpResponse:
    """All of the last weeks, and the way to end the addresses that take answers."""
    if request.method == "POST":
        services.end_addresses(request.user)
        messages.success(request, _("No e-mail that you have takes answers any more. The next one does."))
        return redirect("conversations:mails")
    context = {"mails": page_of(request, mails_of(request.user), 30), "is_on": is_on()}
    return render(request, "conversations/mail/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("uploads", counts=brings_files)
def mailed(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them: publish it, or throw it away."""
    mine = IncomingMail.objects.filter(person=request.user) if request.method == "POST" else mails_of(request.user)
    row = get_object_or_404(mine.select_related("person", "post__conversation"), pk=min(pk, LARGEST))
    form = PublishForm(request.POST or None, initial={"text": row.text})
    if request.method == "POST" and request.POST.get("deed") == "throw_away":
        services.throw_away(row)
        messages.success(request, _("Thrown away."))
        return redirect("conversations:mails")
    is_sent = request.method == "POST"
    files = brought(request, request.user, row, takes=row.is_open) if is_sent else of_mail(row, request.user)
    if not (is_sent and form.is_valid() and files.are_ready()):
        return _page(request, row, form, files, UNPROCESSABLE if form.errors or files.trouble else 200)
    try:
        post = services.publish(row, form.cleaned_data["text"], files.bring)
    except CannotPost as refusal:
        row.refresh_from_db()
        return posting_rate.slowed(_page(request, row, form, files, CONFLICT, str(refusal)), refusal)
    files.clear()
    return redirect(post.get_absolute_url())


def _page(
    request: HttpRequest, row: IncomingMail, form: PublishForm, files: ComposerFiles, status: int, refusal: str = ""
) -> HttpResponse:
    context: dict[str, object] = {"mail": row, "form": form, "files": files, "refusal": refusal}
    context |= {"conversation": shown_conversation(row), "why_not_now": why_not_now(row), "answer_url": answer_url(row)}
    return render(request, "conversations/mail/one.html", context, status=status)
