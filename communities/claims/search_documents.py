"""What a yes publishes to search: evidence for who knows, and nothing that is found by itself."""

from collections.abc import Mapping, Sequence

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from communities.models import Claim, ClaimEvidence, CommunityPage
from core.audiences import evidence_token
from core.models import Topic
from indexing.documents import Document, Source, key_for, key_of, sources
from indexing.engines.base import IndexedDocument
from search.reasons import with_month
from thanks.thankable import document_of


class ShownSource(Source[ClaimEvidence]):
    """What somebody showed speaks for them to whoever may see it; their words, to whoever may see the community."""

    model = ClaimEvidence
    kind = "named"
    label = gettext_lazy("Namings of people who know")
    label_one = gettext_lazy("Naming of somebody who knows")
    icon = "topic"
    is_evidence = True
    is_lasting = True  # it is looked at again every two years
    people_fields = ("claim__person",)

    @property
    def depends_on(self) -> Mapping[type[Model], str]:  # type: ignore[override]  # whatever others publish
        """Each thing that can be found, whose readers it has; the topic is its title."""
        others = (source.model for source in sources() if not (source.is_evidence or source.is_person))
        return {**dict.fromkeys(others, "thing_pk"), Claim: "claim", Topic: "claim__topic"}

    def queryset(self) -> QuerySet[ClaimEvidence]:
        counting = Claim.objects.counting().filter(person__is_active=True)
        return ClaimEvidence.objects.filter(claim__in=counting).select_related("claim__topic", "claim__person")

    def title(self, obj: ClaimEvidence) -> str:
        """Without a name: evidence stands with the person for whom it speaks."""
        return obj.claim.topic.name

    def document(self, obj: ClaimEvidence) -> Document:
        claim = obj.claim
        thing = document_of(obj.thing or key_for(CommunityPage, claim.community_id))
        says = (thing.summary if thing else "") if obj.thing else claim.words
        return Document(
            key=key_of(obj),
            kind=self.kind,
            title=_("Knows about %(topic)s") % {"topic": claim.topic.name},
            url=thing.url if thing else claim.person.get_absolute_url(),
            tokens=frozenset(evidence_token(token) for token in (thing.tokens if thing else ())),
            body=says,
            topics=(claim.topic.name,),
            people=(claim.person_id,),
            date=claim.decided_at,
        )

    def reason(self, evidence: Sequence[IndexedDocument]) -> str:
        return with_month(_("Is named for it by those who look after a community"), evidence[:1])
