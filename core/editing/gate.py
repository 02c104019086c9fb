"""The door of Wagtail's editor: every address there that names something is asked whether it is open.

Wagtail answers "you may not" with a redirect and a sentence, and some views ask nobody; here what is closed is 404, by
whatever address it is named. Whoever runs the hub is asked for a reason instead.
"""

from collections.abc import Callable, Iterable, Iterator
from traceback import walk_tb
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request
from wagtail.admin.views.generic import CopyViewMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Revision

from core.audiences import Viewer, Visible
from core.current_reader import GRANTED, reading
from core.drafts import NotReady
from core.editing import ended_rights, reasons
from core.editing.access import closed_among, is_closed_revision
from core.editing.lists import beyond_reach_among
from core.editors import is_editor
from core.topics import Topic

View = Callable[..., HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponse]
ROUTE = "admin/"
ARGUMENTS: dict[str, type[Model]] = {
    **dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"), Page),
    "image_id": get_image_model(),
    **dict.fromkeys(("document_id", "doc_id"), get_document_model()),
    "collection_id": Collection,
    "redirect_id": Redirect,
    "query_id": Query,
}
PAGES_BY_PK = ("wagtailadmin_pages", "wagtailadmin_api:pages")
TASK_MAKERS = ("select_task_type", "add_task")
Named = tuple[type[Model], str]


class EditorGate:
    """Middleware: nobody gets by an address of the editor to what is closed to them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading(request):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: object, kwargs: dict[str, Any]) -> Any:
        match = request.resolver_match
        if match is None or not match.route.startswith(ROUTE):
            return None
        if not is_editor(request.user):
            return ended_rights.answer(request, view, kwargs)
        if _makes_a_task(request):
            raise Http404
        setattr(request.user, GRANTED, reasons.granted(request))
        leave_out_listed(request, view, kwargs)
        try:
            return answer(request, view, kwargs) or only_shows(request, view)
        except Http404:
            if given_back := ended_rights.answer(request, view, kwargs):
                return given_back
            raise

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Wagtail takes the fields of its own widgets for granted: a form that lacks them is a bad request. A page that
        cannot go out yet is said to be so, whatever view of Wagtail tried.
        """
        if isinstance(exception, NotReady) and request.path.startswith(f"/{ROUTE}"):
            return _say_not_ready(request, exception)
        if request.method == "POST" and request.path.startswith(f"/{ROUTE}") and _came_from_reading_a_form(exception):
            return bad_request(request, exception)
        return None


def _say_not_ready(request: HttpRequest, exception: NotReady) -> HttpResponse:
    """Back to the page in the editor. What was typed is kept: Wagtail saves the draft before it publishes."""
    for words in exception.messages:
        messages.error(request, words)
    match = request.resolver_match
    page = match.kwargs.get("page_id") or match.kwargs.get("pk") if match else None
    return redirect("wagtailadmin_pages:edit", page) if page else redirect("wagtailadmin_home")


def _came_from_reading_a_form(exception: Exception) -> bool:
    if isinstance(exception, MultiValueDictKeyError):
        return True
    frames = walk_tb(exception.__traceback__)
    return any(frame.f_code.co_name == "value_from_datadict" for frame, _line in frames)


def answer(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> HttpResponseBase | None:
    """Nothing where all that the address names is open; else 404, or the question for a reason."""
    names = list(named(request, view, kwargs))
    hidden = list(closed_things(request, names, kwargs))
    if not hidden and not _is_chooser(request) and is_beyond_their_rights(request.user, names):
        raise Http404
    if not hidden:
        return None
    if not request.user.is_superuser or _is_asked_by_a_script(request):
        raise Http404
    return reasons.ask(request, hidden)


def is_beyond_their_rights(person: Viewer, names: Iterable[Named]) -> bool:
    """Whether an address, of which nothing is closed, names something that no list of the editor would show to
    ``person``.

    Wagtail answers some with a redirect and asks others only whether somebody may do it anywhere.
    """
    return not person.is_superuser and any(beyond_reach_among(model, [pk], person) for model, pk in names)


def _is_chooser(request: HttpRequest) -> bool:
    """Whether the address is one of those that choose something, for which one may have no right to change it."""
    match = request.resolver_match
    return match is not None and "choose" in f"{match.namespace} {match.url_name}"


def _makes_a_task(request: HttpRequest) -> bool:
    """Wagtail's task lets a group agree to anything, whosever it is. Who agrees is for the hub's rights to say."""
    match = request.resolver_match
    return match is not None and match.namespace == "wagtailadmin_workflows" and match.url_name in TASK_MAKERS


def only_shows(request: HttpRequest, view: View) -> HttpResponse | None:
    """Wagtail's form of a copy is sent to the address that adds. Sent to its own, it would write over the original."""
    shows = issubclass(getattr(view, "view_class", object), CopyViewMixin)
    return HttpResponseNotAllowed(("GET", "HEAD")) if shows and request.method not in {"GET", "HEAD"} else None


def named(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> Iterator[Named]:
    """What the address names: models and keys."""
    for argument, value in kwargs.items():
        if model := ARGUMENTS.get(argument):
            yield model, str(value)
    if "pk" in kwargs and (model := _model_of(request, view)):
        yield model, str(kwargs["pk"])
    if "object_id" in kwargs and (model := _model_named(kwargs)):
        yield model, str(kwargs["object_id"])


def closed_things(request: HttpRequest, names: Iterable[Named], kwargs: dict[str, Any]) -> Iterator[Any]:
    """The closed ones of what the address names, an old version of an open page among them."""
    for model, pk in names:
        if closed_among(model, [pk], request.user):
            thing: object = model._default_manager.get(pk=pk)
            yield thing.specific if isinstance(thing, Page) else thing
    for revision in revisions(kwargs):
        if is_closed_revision(request.user, revision):
            yield revision


def revisions(kwargs: dict[str, Any]) -> Iterator[Revision]:
    """The old versions that the address names; "live" and "latest" are the page itself."""
    found = {str(value) for name, value in kwargs.items() if name.startswith("revision_id")}
    numbers = [int(value) for value in found if value.isdigit() and len(value) < 19]
    if numbers:
        yield from Revision.objects.filter(pk__in=numbers).select_related("content_type")
    if "earliest" in found:
        oldest = Revision.page_revisions.filter(object_id=str(kwargs["pk"])).order_by("created_at", "pk")
        yield from oldest.select_related("content_type")[:1]


def leave_out_listed(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> None:
    """Take what is closed out of an address's list of things: ``?id=1&id=2``."""
    listed = request.GET.getlist("id")
    model = (_model_named(kwargs) or _model_of(request, view)) if listed else None
    hidden = closed_among(model, listed, request.user) if model else set()
    if hidden:
        query = request.GET.copy()
        left = [pk for pk in listed if pk not in hidden]
        query.setlist("id", left)
        if not left:
            del query["id"]
        request.GET = query  # type: ignore[assignment]  # a QueryDict that can be changed, too


def _model_of(request: HttpRequest, view: View) -> type[Model] | None:
    """The model that a view's ``pk`` or ``id`` stands for."""
    match = request.resolver_match
    if match and (match.namespace in PAGES_BY_PK or match.url_name == "wagtailadmin_choose_page_chosen_multiple"):
        return Page
    return _guarded(getattr(view, "view_initkwargs", {}).get("model"))


def _model_named(kwargs: dict[str, Any]) -> type[Model] | None:
    try:
        return _guarded(apps.get_model(kwargs["app_label"], kwargs["model_name"]))
    except (KeyError, LookupError):
        return None


def _guarded(model: object) -> type[Model] | None:
    return model if isinstance(model, type) and issubclass(model, (Page, Visible, Topic)) else None


def _is_asked_by_a_script(request: HttpRequest) -> bool:
    """Whether the answer goes to a script of the editor, which can ask nobody for a reason."""
    wants = request.headers.get("Accept", "")
    return request.headers.get("X-Requested-With") == "XMLHttpRequest" or wants.startswith("application/json")
