"""Shows the figures: on the terminal, and in the documentation as a table and a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from benchmarks.search.cases import WORKERS, CaseResult
from benchmarks.search.chart import draw
from tools.places import ROOT

PAGE, PICTURE = ROOT / "docs" / "search-speed.md", ROOT / "docs" / "search-speed.svg"
NAMES = {"embedded": "embedded", "elasticsearch": "Elasticsearch", "peer": "Wagtail’s database search"}
HEADINGS = (
    "engine", "passages", "page p50", "page p95", "engine p50", "engine p95", "recall@10", "written/s", "read/s",
    "merged, min", "disk MiB", "process MiB", f"vectors, {WORKERS} processes MiB", "server MiB", "measured",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpeedBar:
    """What a search must keep: the whole request's p95 in milliseconds, at so many passages."""

    engine: str
    passages: int
    p95: float


BARS = (SpeedBar("embedded", 10_000, 60), SpeedBar("embedded", 100_000, 120), SpeedBar("elasticsearch", 1_000_000, 300))
LEAST_RECALL = 0.95


def show(results: Sequence[CaseResult]) -> bool:
    """The table. Returns whether every bar is kept."""
    table = Table(title="Search: milliseconds, MiB, passages a second")
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == "engine" else "right")
    for result in results:
        table.add_row(*cells(result))
    console = Console()
    console.width = max(console.width, 180)  # a table that is cut says nothing
    console.print(table)
    broken = [said for result in results for said in missed(result)]
    for said in broken:
        console.print(said, style="red")
    return not broken


def missed(result: CaseResult) -> list[str]:
    """The bars that a result does not keep."""
    said = [
        f"{result.engine} at {result.passages:,} passages: p95 {result.request_p95} ms, {bar.p95:.0f} is the bar."
        for bar in BARS
        if bar.engine == result.engine
        and bar.passages / 2 < result.passages < bar.passages * 1.2
        and (result.request_p95 or 0) > bar.p95
    ]
    if result.recall is not None and result.recall < LEAST_RECALL:
        said.append(f"{result.engine} at {result.passages:,} passages: recall@10 of {result.recall}.")
    return said


def cells(result: CaseResult) -> list[str]:
    figures = (
        result.passages, result.request_p50, result.request_p95, result.engine_p50, result.engine_p95, result.recall,
        result.written_per_second, result.read_per_second, result.merged_after, result.disk, result.one_process,
        result.vectors, result.server, result.day,
    )  # fmt: skip
    return [NAMES[result.engine], *map(cell, figures)]


def cell(figure: float | str | None) -> str:
    if figure is None:
        return "–"
    return figure if isinstance(figure, str) else f"{figure:,}"


def write(results: Sequence[CaseResult], machine: str) -> None:
    """The page of the documentation."""
    lines = [f"| {' | '.join(HEADINGS)} |", f"|{'---|' * len(HEADINGS)}"]
    lines += [f"| {' | '.join(cells(result))} |" for result in results]
    PICTURE.write_text(draw(results))
    PAGE.write_text(WORDS.format(machine=machine, table="\n".join(lines), workers=WORKERS, bars=bars(results)))


def bars(results: Sequence[CaseResult]) -> str:
    """What should be kept, and what of it is not."""
    wanted = ", ".join(f"{bar.p95:.0f} ms at {bar.passages:,} ({NAMES[bar.engine]})" for bar in BARS)
    said = f"The bars: 95 of 100 pages within {wanted}, and a recall of {LEAST_RECALL}."
    broken = [f"- {line}" for result in results for line in missed(result)]
    return "\n".join([f"{said} Not kept:", "", *broken] if broken else [f"{said} All are kept."])


WORDS = """# How fast search is

Written by `make bench-search ARGS=--keep`, which also writes `benchmarks/search/results.json`; {machine}.

![Milliseconds of 95 in 100 searches, by the number of passages](search-speed.svg)

{table}

- **page**: the whole request of somebody who is signed in, through the production server with one worker on one core.
  120 questions, each asked once, after 140 others, as in a server that has run for a while. Milliseconds.
- **engine**: the same questions asked of the engine alone, without a page round it. For Wagtail's search in the
  database, on SQLite, that is the count and the first twenty pages; it knows words only, and is asked for a minute and
  a half. With more pages one question takes it minutes.
- **recall@10**: of the ten nearest by comparing with every vector, how many the engine's half of meaning finds.
- **written/s**: passages that a rebuild writes a second when their vectors are known; **read/s**: passages that the
  sentence model reads a second here. A first rebuild takes both, a later one reads only what changed.
- **merged**: minutes after a rebuild in which Elasticsearch puts together what it wrote in many parts. It is asked
  after that; in these minutes one core is at work on it, and a question takes longer.
- **process**: what one web process holds for itself, the sentence model included. **vectors, {workers} processes**:
  what {workers} web processes together hold of the embedded engine's vectors. It is the size of the vectors once: they
  are mapped, and shared.
- **server**: what Elasticsearch holds.

The documents are invented from the demo council's sentences, two passages each, with as many kinds, communities, topics
and audiences as a hub has. A passage's vector is the mean of its sentences' vectors: reading a million passages would
take hours and say nothing about search.

{bars}
"""
