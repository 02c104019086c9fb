"""Brings a whole archive into the hub."""

from collections.abc import Callable
from dataclasses import dataclass, field

from home.scaffold import prepare_hub
from importing.kinds import WRITERS
from importing.reading import Archive
from importing.writing import ImportTally, Lookup
from search import services as search

Step = Callable[[str, int], None]


@dataclass(slots=True)
class ImportReport:
    """What became of every kind."""

    tallies: dict[str, ImportTally] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether anything was written."""
        return any(tally.new or tally.changed for tally in self.tallies.values())


def import_archive(archive: Archive, step: Step) -> ImportReport:
    """Write every good row that differs from what was imported before.

    ``step`` hears the kind and how many more rows are done.
    Nothing is brought to the search index on the way; the caller indexes once at the end.
    """
    report = ImportReport()
    with search.paused():
        prepare_hub()
        lookup = Lookup(archive.name)
        for writer_class in WRITERS:
            writer = writer_class(lookup, archive.name)
            tally = report.tallies[writer.kind] = ImportTally()
            for done in writer.write(archive.rows(writer.kind, lookup.names), tally):
                step(writer.kind, done)
                archive.refuse(writer.kind, tally.refused)
    return report
