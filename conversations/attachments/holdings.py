"""What attached files hold of people."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from conversations.models import Attachment
from core.holdings import Person, PersonalData, told


def _files_of(person: Person) -> QuerySet[Attachment]:
    return Attachment.objects.filter(Q(post__author=person) | Q(post__principal=person) | Q(unsent_by=person))


def _contents(person: Person) -> Iterable[FieldFile]:
    return [each.file for each in _files_of(person).filter(removed=None)]


HELD = (
    PersonalData(
        "attachments",
        _("Files that you attached"),
        _("The files of your posts, and those that wait in a form that you have not sent."),
        rows=lambda person: told(
            _files_of(person),
            "name",
            "description",
            "size",
            "added",
            "removed",
            conversation="post__conversation__title",
        ),
        covers=("conversations.Attachment.unsent_by",),
        goes=_("Those that you have not sent."),
        stays=_(
            "Those of your posts, as the words of your posts do. Ask those who moderate to take out what is yours."
        ),
        files=_contents,
    ),
)
