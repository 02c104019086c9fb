"""What people publish to search."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from core.audiences import tokens_of, with_tokens
from core.models import Topic
from indexing.documents import Document, Source, key_of
from indexing.engines.base import IndexedDocument
from people.models import User


class PeopleSource(Source[User]):
    """A person is found by what they say that they know and do."""

    model = User
    kind = "person"
    label = _("People")
    label_one = _("Person")
    icon = "person"
    depends_on: ClassVar = {Topic: "skills"}
    title_field = "name"
    is_person = True
    quiet_fields = User.quiet_fields

    def queryset(self) -> QuerySet[User]:
        return with_tokens(User.objects.filter(is_active=True).prefetch_related("skills"))

    def document(self, obj: User) -> Document:
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=obj.name,
            url=obj.get_absolute_url(),
            tokens=tokens_of(obj),
            summary=self.summary(obj),
            body=obj.about,
            topics=tuple(topic.name for topic in obj.skills.all()),
            people=(obj.pk,),
        )

    def summary(self, obj: User) -> str:
        return ", ".join(filter(None, (obj.job_title, obj.organisation, obj.location)))

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        return gettext("Says so on their page")
