"""Two people who write on one page at once: nothing that either typed is lost, and neither undoes the other unasked."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, str]


def fingerprint(values: Values) -> str:
    """Of what a form was filled with: it stands in the form, and says later whether it is still so."""
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:32]


def same(one: str, other: str) -> bool:
    """Whether two texts are one, but for the ends of lines, which browsers send in their own way."""
    return _regular(one) == _regular(other)


def _regular(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def changes(before: Values, after: Values) -> dict[str, str]:
    """The values of ``after`` that say something else than those of ``before``."""
    return {name: value for name, value in after.items() if not same(value, before.get(name, ""))}


@dataclass(frozen=True, slots=True)
class MergedForm:
    """``values`` fill the form anew: mine where I changed something, theirs elsewhere. ``theirs`` are the fields that
    both changed, as they have them now.
    """

    values: dict[str, str]
    theirs: dict[str, str]


def merged(mine: Values, now: Values, before: Values | None) -> MergedForm:
    """What I typed put together with what stands there now. ``before`` is what my form was filled with; where nobody
    knows that any more, whatever differs may be my change.
    """
    typed = changes(before if before is not None else now, mine)
    written = changes(before, now) if before is not None else typed
    values = {**now, **typed}
    both = {name: now[name] for name in typed if name in written and not same(typed[name], now[name])}
    return MergedForm(values, both)
