"""Who may fetch a file: whoever reads its post now."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from conversations.access import get_post
from conversations.models import Attachment, Post
from conversations.moderation.cases import cases_of, may_read


def get_attachment(request: HttpRequest, key: UUID) -> Attachment:
    """The file that this viewer may fetch, or 404. One that is not sent is its owner's alone."""
    found: Attachment = get_object_or_404(Attachment.objects.standing().select_related("post"), key=key)
    if found.post is None:
        if not request.user.is_authenticated or found.unsent_by_id != request.user.pk:
            raise Http404
    elif found.post.is_shown:
        get_post(request, found.post.pk)
    elif not _decides_or_wrote(request, found.post):
        raise Http404
    return found


def _decides_or_wrote(request: HttpRequest, post: Post) -> bool:
    """What those who moderate hid or took away is read by its author, and by whoever looks at the case."""
    if post.removed and not post.why_removed:
        return False
    if request.user.is_authenticated and post.is_of(request.user):
        return True
    cases = cases_of(request.user).filter(post=post).select_related("post__conversation")
    return any(may_read(request.user, case) for case in cases)
