"""What the processes of a server hold in memory, and how much of it they hold together."""

from dataclasses import dataclass
from pathlib import Path

MIB = 1024  # kilobytes


@dataclass(frozen=True, slots=True)
class Memory:
    """In MiB: what one process holds for itself at most, and what all of them together hold of the mapped vectors,
    each page counted once.
    """

    processes: int
    private: float
    vectors: float


def of(port: int) -> Memory:
    """The worker processes of the server on this port."""
    folders = workers(port)
    private = max((rollup(folder)["Private_Dirty"] for folder in folders), default=0)
    return Memory(len(folders), round(private / MIB, 1), round(sum(map(vectors, folders)) / MIB, 1))


def vectors(folder: Path) -> int:
    """Kilobytes of the file of vectors that a process has in memory, its share where others have the same."""
    held, within = 0, False
    for line in (folder / "smaps").read_text().splitlines():
        if not line.split()[0].endswith(":"):
            within = line.endswith(".vectors")
        elif within and line.startswith("Pss:"):
            held += int(line.split()[1])
    return held


def workers(port: int) -> list[Path]:
    """The children of the process that was started with this port."""
    started = [folder for folder in Path("/proc").glob("[0-9]*") if f"\0--port\0{port}\0" in words(folder)]
    parents = {folder.name for folder in started}
    return [
        folder
        for folder in Path("/proc").glob("[0-9]*")
        if parent(folder) in parents and "resource_tracker" not in words(folder)
    ]


def words(folder: Path) -> str:
    """How a process was started; nothing of one that is gone."""
    try:
        return (folder / "cmdline").read_text(errors="replace")
    except OSError:
        return ""


def parent(folder: Path) -> str:
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()[1]
    except OSError:
        return ""


def rollup(folder: Path) -> dict[str, int]:
    """Kilobytes by kind."""
    lines = (line.split() for line in (folder / "smaps_rollup").read_text().splitlines()[1:])
    return {line[0].rstrip(":"): int(line[1]) for line in lines}


def resident(group: int) -> float:
    """MiB that the processes of one group hold, what they share counted once."""
    held = [rollup(folder)["Pss"] for folder in Path("/proc").glob("[0-9]*") if group_of(folder) == group]
    return round(sum(held) / MIB, 1)


def group_of(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[2])
    except OSError:
        return 0
