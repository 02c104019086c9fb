"""What people had said by a moment to what their roles ask, and in which words it was asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from communities.models import EarlierAnswer, Holding, Responsibilities


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer, and the words that it was given to."""

    version: Responsibilities | None
    at: datetime
    accepts: bool


class HolderAnswers:
    """The answers of some holders by one moment, in two queries."""

    def __init__(self, holdings: Collection[Holding], at: datetime) -> None:
        self.at = at
        self.earlier: dict[int, GivenAnswer] = {}
        self.asked: dict[int, Responsibilities] = {}
        self.versions: dict[int, Responsibilities] = {}
        words = Responsibilities.objects.filter(role__in={one.role_id for one in holdings})
        for version in words.order_by("number"):
            self.versions[version.pk] = version
            if version.since <= at or version.role_id not in self.asked:
                self.asked[version.role_id] = version
        said = EarlierAnswer.objects.filter(holding__in=[one.pk for one in holdings], at__lte=at).order_by("at", "pk")
        for one in said:
            self.earlier[one.holding_id] = GivenAnswer(self.versions.get(one.version_id or 0), one.at, one.accepts)

    def of(self, holding: Holding) -> GivenAnswer | None:
        """The last one by then, if there was any."""
        at = holding.answered_at or (holding.since if holding.answered_id else None)
        if at is None or at > self.at:
            return self.earlier.get(holding.pk)
        return GivenAnswer(self.versions.get(holding.answered_id or 0), at, holding.accepts)

    def words_for(self, holding: Holding) -> Responsibilities | None:
        """What they accepted; where they accepted nothing, what they were asked."""
        said = self.of(holding)
        accepted = said.version if said and said.accepts else None
        return accepted or self.asked.get(holding.role_id)

    def is_asked_anew(self, holding: Holding) -> bool:
        """Whether there were newer words than those that they answered."""
        said = self.of(holding)
        return said is not None and said.version != self.asked.get(holding.role_id)
