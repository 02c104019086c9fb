"""What is attached to an e-mail goes with its post, as far as it could be attached on the hub.

Pictures stay out: one must be described before others see it, and an e-mail does not say what its pictures show.
"""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from conversations.attachments import services
from conversations.attachments.kinds import is_picture
from conversations.mail.reading import Letter
from conversations.models import IncomingMail, Post
from conversations.services.drafts import place_of


def bring(letter: Letter, row: IncomingMail) -> Callable[[Post], bool]:
    """What puts them to the post. ``row.files`` keeps the names of what is not taken."""

    def put(post: Post) -> bool:
        taken: list[str] = []
        left: list[str] = []
        for name, content in letter.attached:
            key = None if len(taken) >= services.MOST else _taken(name, content, row, post)
            if key is None:
                left.append(name)
            else:
                taken.append(key)
        row.files = left
        return services.put_to(post, taken, row.person)

    return put


def _taken(name: str, content: bytes, row: IncomingMail, post: Post) -> str | None:
    if is_picture(content):
        return None
    try:
        found = services.take(SimpleUploadedFile(name, content), row.person, place_of(post.conversation))
    except services.NotTaken:
        return None
    return str(found.key)
