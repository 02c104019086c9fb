"""What the crowd met, as a table and as a verdict."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import quantiles

from rich.console import Console
from rich.table import Table

from benchmarks.crowd.people import AWAY, TimedResponse

GRACE = 60.0  # seconds after somebody killed a web process, in which a connection may be refused or cut


def show(answers: Sequence[TimedResponse], seconds: float, memory: float) -> None:
    """Requests a second, and for each kind of request how long it took and what was answered."""
    table = Table(
        title=f"{len(answers) / seconds:.0f} requests a second, {memory:.0f} MiB at most", title_justify="left"
    )
    for heading in ("Kind", "Requests", "p50 ms", "p95 ms", "Answers"):
        table.add_column(heading, justify="left" if heading in {"Kind", "Answers"} else "right", no_wrap=True)
    by_kind: dict[str, list[TimedResponse]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.kind].append(answer)
    for kind, some in sorted(by_kind.items()):
        half, most = percentiles([answer.taken for answer in some])
        table.add_row(kind, str(len(some)), f"{half:.0f}", f"{most:.0f}", statuses(some))
    Console(width=120).print(table)


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else [times[0]] * 19
    return cuts[9], cuts[18]


def statuses(answers: Sequence[TimedResponse]) -> str:
    counts = Counter(answer.status for answer in answers)
    return ", ".join(f"{'nobody' if status == AWAY else status}: {n}" for status, n in sorted(counts.items()))


def faults(answers: Sequence[TimedResponse], kills: Sequence[float]) -> list[str]:
    """What must not happen: an error of the server at any time, and no answer at all but just after a kill."""
    found = [f"{answer.status} {answer.path}" for answer in answers if answer.status >= 500]
    for answer in answers:
        excused = any(kill - 30 <= answer.at <= kill + GRACE for kill in kills)
        if answer.status == AWAY and not excused:
            found.append(f"no answer {answer.path}")
    return [f"{n} times {what}" for what, n in Counter(found).most_common(20)]
