"""The pages on which people write for a community: the list, the form, its preview, and the answer to what waits."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, Generic, NoReturn

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.access import get_community
from communities.approval.approvers import NOT_YOURS, LacksWhatLivePagesNeed, NotTheirs
from communities.approval.requests import last_word
from communities.content_writing import services
from communities.content_writing.access import WritablePage, at_once_in, get_written, left_behind, was_answered
from communities.content_writing.forms import ContentForm
from communities.content_writing.kinds import P, Writing
from communities.content_writing.listings import mine_context
from communities.models import CommunityPage
from communities.rights import NotAllowed, can_any, refusal
from core.current_reader import reading
from core.rate_limits import limited
from core.text import one_line
from core.writing import drafts
from core.writing.autosave import is_autosave, kept, not_kept
from core.writing.ended_rights import refused
from core.writing.merging import fingerprint
from indexing.documents import key_of
from people.requests import SignedInRequest

CONFLICT, UNPROCESSABLE = 409, 422
LONGEST_WORD = 400  # letters of what an answer says
View = Callable[..., HttpResponse]


class WritingPages(Generic[P]):
    """A room derives its own from it, and puts ``urls()`` among its addresses."""

    writing: ClassVar[Writing[Any]]
    form: ClassVar[type[ContentForm]]
    namespace: ClassVar[str]
    """Of its addresses, and the folder of its templates."""
    begun: ClassVar[dict[str, str]] = {}
    """What a new form says."""
    sent_words: ClassVar[str | Promise] = _lazy("It is with those who publish for this community. You hear from them.")

    def urls(self) -> list[URLPattern]:
        get, post, form = require_safe, require_POST, require_http_methods(["GET", "HEAD", "POST"])
        brings = limited("uploads", counts=lambda request: request.FILES)
        return [
            path("writing/", self._page(get(self.mine)), name="mine"),
            path("writing/new/<any_slug:slug>/", self._page(brings(form(self.start))), name="start"),
            path("writing/<int:pk>/", self._page(brings(form(self.write))), name="write"),
            path("writing/<int:pk>/preview/", self._page(get(self.preview)), name="preview"),
            path("writing/<int:pk>/take-back/", self._page(post(self.take_back)), name="take_back"),
            path("writing/<int:pk>/back/", self._page(post(self.give_back)), name="give_back"),
            path("writing/<int:pk>/discard/", self._page(post(self.discard)), name="discard"),
        ]

    def _page(self, view: View) -> View:
        """For who is signed in. Where the right or the draft ends between form and change, what was typed goes back."""

        @wraps(view)
        def answer(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as ended:
                return refused(request, ended.answer.because, ended.answer.ask, self.address("mine"))
            except drafts.Gone as gone:
                return refused(request, str(gone), "", self.address("mine"))

        return login_required(answer)

    def address(self, name: str, *args: object) -> str:
        return reverse(f"{self.namespace}:{name}", args=args)

    # -- the list and the form -----------------------------------------------------------------------------------------
    def mine(self, request: SignedInRequest) -> HttpResponse:
        """What I look after, my drafts of it, what waits, and where I may begin."""
        names = {"write_name": f"{self.namespace}:write", "start_name": f"{self.namespace}:start"}
        return render(request, f"{self.namespace}/mine.html", {**self.found_by_writer(request), **names})

    def found_by_writer(self, request: SignedInRequest) -> dict[str, Any]:
        """What somebody finds who writes."""
        return mine_context(request, self.writing)

    def start(self, request: SignedInRequest, slug: str) -> HttpResponse:
        """What is not kept yet: it is as soon as something is typed, or *Save* is pressed."""
        community = get_community(request, slug)
        if not can_any(request.user, self.writing.rights, community):
            self._refuse(request, community)
        posted = request.POST if request.method == "POST" else None
        files = request.FILES if posted is not None else None
        initial = {"audience": community.audience, **self.begun}
        form = self.form_for(request, community, posted, files, initial=initial)
        if posted is not None and form.is_valid():
            page = services.begin(self.writing, community, form.typed(), request.user, form.bring(request.user))
            at_once = at_once_in(request.user, self.writing, community)
            return self._go_on(request, WritablePage(page, page, community, at_once), form)
        return self._form(request, form, community)

    def _refuse(self, request: SignedInRequest, community: CommunityPage) -> NoReturn:
        """404, but for somebody who typed something: they get it back."""
        if request.method == "POST":
            raise NotAllowed(refusal(request.user, self.writing.right, community))
        raise Http404

    def write(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Write on in it; whose right ended reads what they kept."""
        try:
            found = get_written(request, self.writing, pk)
        except Http404:
            if request.method == "POST" and drafts.was_discarded(pk, request.user):
                raise drafts.Gone from None
            kept_draft = left_behind(request.user, self.writing, pk) if request.method != "POST" else None
            if kept_draft is None:
                raise
            why = refusal(request.user, self.writing.right, kept_draft.community)
            said = self.writing.kind.values_of(kept_draft)
            return refused(request, why.because, why.ask, self.address("mine"), said)
        form = self.filled(request, found, *((request.POST, request.FILES) if request.method == "POST" else ()))
        if request.method != "POST" or not form.is_valid():
            return self._form(request, form, found.community, found)
        try:
            seen, bring = form.cleaned_data["seen"], form.bring(request.user)
            draft = services.save(self.writing, found.row, form.typed(), seen, request.user, bring)
        except drafts.DraftChangedMeanwhile as meanwhile:
            return self._meanwhile(request, found, meanwhile, form)
        except drafts.Gone:
            raise
        except drafts.CannotWrite as closed:
            return self._form(request, form, found.community, found, refusal=str(closed))
        return self._go_on(request, WritablePage(found.row, draft, found.community, found.at_once), form)

    def form_for(self, request: SignedInRequest, community: CommunityPage, *posted: Any, **said: Any) -> ContentForm:
        """The form for whoever asks."""
        return self.form(*posted, community=community, **said)

    def filled(
        self,
        request: SignedInRequest,
        found: WritablePage[P],
        posted: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
    ) -> ContentForm:
        """The form of the newest draft, without what it cannot show."""
        values = self.writing.kind.values_of(found.draft)
        initial = {**values, **self.beside(found.draft), "seen": fingerprint(values)}
        form = self.form_for(request, found.community, posted, files, draft=found.draft, initial=initial)
        for name in self.only_in_the_editor(found.draft):
            del form.fields[name]
        return form

    def beside(self, _draft: P) -> dict[str, str]:
        """What the form says that does not stand on the page itself."""
        return {}

    def only_in_the_editor(self, _draft: P) -> list[str]:
        """The fields that a plain box would not give back as they are."""
        return []

    def _meanwhile(
        self,
        request: SignedInRequest,
        found: WritablePage[P],
        meanwhile: drafts.DraftChangedMeanwhile,
        posted: ContentForm | None = None,
    ) -> HttpResponse:
        found = get_written(request, self.writing, found.row.pk)
        again = posted.again(request.user) if posted is not None and not is_autosave(request) else {}
        initial = {**meanwhile.found.values, **again, "seen": meanwhile.seen}
        form = self.form_for(request, found.community, draft=found.draft, initial=initial)
        theirs = [(form[name], form.in_words(name, text)) for name, text in meanwhile.found.theirs.items()]
        return self._form(request, form, found.community, found, meanwhile=True, theirs=theirs)

    # -- what was pressed, once all that was typed is kept -------------------------------------------------------------
    def _go_on(self, request: SignedInRequest, found: WritablePage[P], form: ContentForm) -> HttpResponse:
        address = self.address("write", found.row.pk)
        deed = request.POST.get("deed", "")
        if is_autosave(request):
            return kept(address, self.writing.kind.values_of(found.draft))
        if deed == "preview":
            return redirect(self.address("preview", found.row.pk))
        if deed in ("publish", "send"):
            return self._hand_on(request, found, form, deed)
        messages.success(request, _("Your draft is kept."))
        return redirect(address)

    def _hand_on(self, request: SignedInRequest, found: WritablePage[P], form: ContentForm, deed: str) -> HttpResponse:
        """Publish it, or send it to those who may."""
        values = self.writing.kind.values_of(found.draft)
        seen = fingerprint(values)
        posted = request.POST.copy()
        posted["seen"], posted["brought"] = seen, ""  # it was kept just now
        if "body" in values and (request.FILES or request.POST.get("brought")):
            posted["body"] = values["body"]  # the photograph stands there as a line from now on
        filled = self.filled(request, found, posted)
        if filled.is_valid():
            self._ask_for_what_is_missing(filled)
        if filled.errors:
            return self._form(request, filled, found.community, found)
        try:
            if deed == "send" or not found.at_once:
                services.send(self.writing, found.row, request.user)
                return self._sent(request)
            published = services.publish(self.writing, found.row, seen, request.user)
        except drafts.DraftChangedMeanwhile as meanwhile:
            return self._meanwhile(request, found, meanwhile)
        except (NotTheirs, LacksWhatLivePagesNeed, ValidationError) as refusal:
            filled.add_error(None, refusal.messages if isinstance(refusal, ValidationError) else str(refusal))
            return self._form(request, filled, found.community, found)
        return self._sent(request) if published is None else self.published(request, published)

    def _ask_for_what_is_missing(self, form: ContentForm) -> None:
        for name, words in services.missing(self.writing, form.typed()).items():
            if name in form.fields:
                form.add_error(name, words)

    def _sent(self, request: SignedInRequest) -> HttpResponse:
        messages.success(request, str(self.sent_words))
        return redirect(self.address("mine"))

    def published(self, request: SignedInRequest, page: P) -> HttpResponse:
        """Where somebody goes who has published it."""
        messages.success(request, _("It is published."))
        return redirect(page.url or self.address("mine"))

    def _form(
        self,
        request: SignedInRequest,
        form: ContentForm,
        community: CommunityPage,
        found: WritablePage[P] | None = None,
        **more: Any,
    ) -> HttpResponse:
        refusal = more.pop("refusal", "") or (services.why_not(self.writing, found.row, request.user) if found else "")
        meanwhile = bool(more.get("meanwhile"))
        if is_autosave(request):
            return not_kept(refusal, meanwhile=meanwhile)
        status = CONFLICT if meanwhile or (refusal and form.is_bound) else UNPROCESSABLE if form.errors else 200
        context = {
            "form": form,
            "community": community,
            "at_once": found.at_once if found else at_once_in(request.user, self.writing, community),
            "refusal": refusal,
            "addresses": {"mine": self.address("mine")},
            **more,
        }
        if found is not None:
            context |= {"row": found.row, "draft": found.draft, "last": last_word(found.row)}
            context["key"] = key_of(found.row)
            context["asked_by_me"] = bool(context["last"] and context["last"].by == request.user)
            context["discards"] = not refusal and drafts.is_own_beginning(found.row, request.user)
            for name in ("write", "take_back", "give_back", "discard"):
                context["addresses"][name] = self.address(name, found.row.pk)
            context |= self.shown_beside(request, found)
        return render(request, f"{self.namespace}/write.html", context, status=status)

    def shown_beside(self, _request: SignedInRequest, _found: WritablePage[P]) -> dict[str, Any]:
        """What else the page of the form shows of what is kept already."""
        return {}

    def preview(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """The draft as readers would see it. Nothing of it is kept for others."""
        draft = get_written(request, self.writing, pk).draft
        request.is_preview = True  # type: ignore[attr-defined]  # of Wagtail's previews, too: no fragment is kept
        with reading(request):
            context = {**draft.get_context(request), "edit_url": "", "write_url": "", "writing": draft}
            return render(request, draft.template, context)

    # -- what waits ----------------------------------------------------------------------------------------------------
    def take_back(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Write on in what waits."""
        services.take_back(self.writing, get_written(request, self.writing, pk).row, request.user)
        return redirect(self.address("write", pk))

    def discard(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Throw away what one began."""
        try:
            services.discard(self.writing, get_written(request, self.writing, pk).row, request.user)
        except (Http404, drafts.Gone):
            if not drafts.was_discarded(pk, request.user):  # else it was pressed twice
                raise
        except drafts.CannotWrite as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address("write", pk))
        messages.success(request, drafts.DISCARDED)
        return redirect(self.address("mine"))

    def give_back(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Send it back to whoever asked, with a word."""
        too_late = _("It waits no longer. Nothing was changed.")
        try:
            found = get_written(request, self.writing, pk)
        except Http404:
            if not was_answered(request, self.writing, pk):
                raise
            messages.info(request, too_late)
            return redirect(self.address("mine"))
        word = one_line(request.POST.get("word", ""))[:LONGEST_WORD]
        if not word:
            messages.error(request, _("Say in a line what is missing. Whoever asked reads it."))
            return redirect(self.address("write", pk))
        try:
            waited = services.give_back(self.writing, found.row, request.user, word)
        except NotTheirs as refusal:
            messages.error(request, str(refusal) or str(NOT_YOURS))
        else:
            messages.success(request, _("It is back with whoever asked, with your word.") if waited else too_late)
        return redirect(self.address("mine"))
