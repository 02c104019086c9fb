"""The files of a form in which somebody writes: what was chosen before, what is chosen now, and what is wrong with it.

What can be taken is kept before the form is looked at, so that nobody chooses a file twice because of a word.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from communities.models import CommunityPage
from conversations.attachments import services
from conversations.attachments.kinds import ACCEPT
from conversations.models import Attachment, Conversation, IncomingMail, Post
from conversations.services import place_of
from conversations.services.posting import Bring
from core.writing.autosave import is_autosave
from people.models import User

SHOWS = "shows-"
FLAG = {"files": "1"}
"""What a draft holds that has files."""


@dataclass
class ComposerFiles:
    """As the form shows them. ``post`` is the one that is changed: its own files are among ``here``."""

    by: User
    post: Post | None = None
    here: list[Attachment] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    taken_out: Collection[str] = ()
    described: Mapping[str, str] = field(default_factory=dict)
    accept: str = ACCEPT
    most: int = services.MOST

    @property
    def draft(self) -> dict[str, str]:
        """What a draft says of them."""
        return FLAG if any(each.post_id is None for each in self.here) else {}

    def are_ready(self, *, is_sent: bool = True) -> bool:
        """Whether nothing is wrong with them; what is sent is described, too. What is wrong is said in the form."""
        for each in self.here if is_sent else ():
            if each.is_undescribed and str(each.key) not in self.taken_out:
                self.trouble.append(_("Say what “%(name)s” shows, for those who cannot see it.") % {"name": each.name})
        return not self.trouble

    @property
    def bring(self) -> Bring:
        return partial(_bring, self)

    def clear(self) -> None:
        """The form was sent. What a second press brought once more is not kept."""
        for each in self.here:
            if each.post_id is None:
                services.forget(each)


def _bring(files: ComposerFiles, post: Post) -> bool:
    if not (files.here or files.taken_out or files.described):
        return False
    changed = services.change(post, files.taken_out, files.described)
    return services.put_to(post, [str(each.key) for each in files.here if each.post_id is None], files.by) or changed


Place = Conversation | CommunityPage | Post | IncomingMail


def place_of_form(where: Place) -> str:
    """Where files wait for the form of ``where``: of an answer, of a post that is changed, of an e-mail that waits."""
    if isinstance(where, Post | IncomingMail):
        return f"{'post' if isinstance(where, Post) else 'mail'}:{where.pk}"
    return place_of(where)


def waiting(where: Conversation | CommunityPage, by: User, draft: Mapping[str, str]) -> ComposerFiles:
    """Those of a form that is opened: what its draft says was chosen before."""
    if not draft.get("files"):
        return ComposerFiles(by)
    return ComposerFiles(by, here=list(Attachment.objects.unsent(by, place_of(where))))


def of_post(post: Post, by: User) -> ComposerFiles:
    """Those of a post that is about to be changed, and those that wait for its author's word."""
    return ComposerFiles(by, post, here=[*post.files, *Attachment.objects.unsent(by, place_of_form(post))])


def of_mail(row: IncomingMail, by: User) -> ComposerFiles:
    """Those of an e-mail that waits."""
    return ComposerFiles(by, here=list(Attachment.objects.unsent(by, place_of_form(row))))


def brought(request: HttpRequest, by: User, where: Place, *, takes: bool = True) -> ComposerFiles:
    """Those that come with a form, each kept unless something is wrong with it. ``takes``: whether ``by`` may write."""
    post = where if isinstance(where, Post) else None
    place = place_of_form(where)
    files = ComposerFiles(by, post, here=post.files if post else [])
    files.taken_out = set(request.POST.getlist("take_out"))
    files.described = {
        name.removeprefix(SHOWS): str(words).strip() for name, words in request.POST.items() if name.startswith(SHOWS)
    }
    _find_again(files, place, request)
    if takes and not is_autosave(request):
        _take_new(files, place, request)
    _show_descriptions(files)
    return files


def _find_again(files: ComposerFiles, place: str, request: HttpRequest) -> None:
    """What was chosen in the same form before, unless it is taken out."""
    listed = {key for key in request.POST.getlist("attached") if _is_key(key)}
    own = {str(each.key) for each in files.here}
    unsent = Attachment.objects.unsent(files.by, place)
    found = list(unsent.filter(key__in=listed - own)) if listed - own else []
    if listed - own - set(files.taken_out) - {str(each.key) for each in found}:
        files.trouble.append(_("A file that you chose is not there any more. Choose it again, or send without it."))
    for each in found:
        if str(each.key) in files.taken_out and not is_autosave(request):
            services.forget(each)
        else:
            files.here.append(each)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _take_new(files: ComposerFiles, place: str, request: HttpRequest) -> None:
    left_out = []
    for upload in request.FILES.getlist("files"):
        if sum(str(each.key) not in files.taken_out for each in files.here) >= services.MOST:
            left_out.append(upload.name or "")
            continue
        try:
            files.here.append(services.take(upload, files.by, place))
        except services.FileNotTaken as refusal:
            files.trouble.append(str(refusal))
    if left_out:
        words = _("At most %(most)s files go with one post. Left out: %(names)s.")
        files.trouble.append(words % {"most": services.MOST, "names": ", ".join(left_out)})


def _show_descriptions(files: ComposerFiles) -> None:
    """What was typed stands in the form again. Of a post it is changed once the form is sent."""
    for each in files.here:
        words = files.described.get(str(each.key))
        if words is None or not each.is_picture:
            continue
        if each.post_id is None:
            services.describe(each, words)
        else:
            each.description = words
