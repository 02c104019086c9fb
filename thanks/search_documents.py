"""What thanks publish to search: evidence for who knows, and nothing that is found by itself."""

from collections.abc import Mapping, Sequence

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.audiences import ORGANISATION, evidence_token
from indexing.documents import Document, Source, key_of, sources
from indexing.engines.base import IndexedDocument
from thanks.models import Thanks
from thanks.thankable import document_of


class ThanksSource(Source[Thanks]):
    """Thanks speak for their receiver to whoever may see what they are for. See ``ThanksQuerySet.with_weight``."""

    model = Thanks
    kind = "thanks"
    label = gettext_lazy("Thanks")
    label_one = gettext_lazy("Thanks")
    icon = "thanks"
    is_evidence = True
    people_fields = ("receiver",)

    @property
    def depends_on(self) -> Mapping[type[Model], str]:  # type: ignore[override]  # whatever others publish
        """Each thing that can be found: thanks have its audience and its title."""
        others = (source.model for source in sources() if not (source.is_evidence or source.is_person))
        return dict.fromkeys(others, "thing_pk")

    def queryset(self) -> QuerySet[Thanks]:
        shown: QuerySet[Thanks] = Thanks.objects.on_show().with_weight().select_related("receiver")
        return shown.prefetch_related("topics")

    def title(self, _obj: Thanks) -> str:
        """Without a name: evidence stands with the person for whom it speaks."""
        return str(self.label_one)

    def document(self, obj: Thanks) -> Document:
        thing = document_of(obj.thing) if obj.thing else None
        tokens = thing.tokens if thing else frozenset() if obj.thing else frozenset({ORGANISATION})
        topics = {topic.name for topic in obj.topics.all()}
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=_("Thanks for “%(title)s”") % {"title": thing.title} if thing else self.title(obj),
            url=thing.url if thing else obj.receiver.get_absolute_url(),
            tokens=frozenset(evidence_token(token) for token in tokens),
            body="\n\n".join(filter(None, (obj.words, thing.summary if thing else ""))),
            topics=tuple(sorted(topics.union(thing.topics if thing else ()))),
            people=(obj.receiver_id,) if getattr(obj, "counts", False) else (),
            date=obj.given,
        )

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        count = len(evidence)
        return ngettext("Was thanked for it", "Was thanked for it %(n)s times", count) % {"n": count}
