"""The tokens of what a community looks after, put right for many things at once."""

from collections import defaultdict
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from core.audiences import Audience, tokens_written


def give_tokens(things: QuerySet[Any], right: Mapping[Audience, str]) -> None:
    """Write the token that is right for each audience, where another one stands: one query where all are right."""
    wrong = reduce(or_, (Q(audience=audience) & ~Q(audience_token=token) for audience, token in right.items()))
    by_token: dict[str, list[int]] = defaultdict(list)
    for pk, audience in things.filter(wrong).values_list("pk", "audience"):
        by_token[right[Audience(audience)]].append(pk)
    for token, pks in by_token.items():
        things.model._default_manager.filter(pk__in=pks).update(audience_token=token)
        tokens_written.send(things.model, pks=pks)
