"""The disks: there is room where the hub writes, and a backup that is young."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from core.doctor import Complaint

GB = 1_000_000_000
HOUR = 3600
SLACK = 1.25  # how much older than planned a backup may be


def places() -> Iterator[tuple[str, Path]]:
    """Where the hub writes, and what for."""
    if connection.vendor == "sqlite" and (name := str(connection.settings_dict["NAME"])).startswith("/"):
        yield "the database", Path(name).parent
    yield "uploaded files", Path(settings.MEDIA_ROOT)
    if (url := str(settings.SEARCH["URL"])).startswith("sqlite:///"):
        yield "the search index", Path(url.removeprefix("sqlite:///"))
    yield "pictures and files that are being read", Path(tempfile.gettempdir())


def space() -> Iterator[Complaint]:
    """Each disk is named once, however much lies on it."""
    disks: dict[int, tuple[list[str], Path]] = {}
    for what, path in places():
        there = next((one for one in (path, *path.parents) if one.exists()), path)
        if not os.access(there, os.W_OK | os.X_OK):
            yield Complaint(
                f"The hub may not write to {path} ({what}).", "Let the user that it runs as own the folder."
            )
        disks.setdefault(there.stat().st_dev, ([], there))[0].append(what)
    for whats, there in disks.values():
        free = shutil.disk_usage(there).free
        if free < settings.DOCTOR_FREE_GB * GB:
            yield Complaint(
                f"There are {free / GB:.1f} GB left on the disk of {there}: {', '.join(whats)}.",
                f"Make room. The hub wants {settings.DOCTOR_FREE_GB} GB (DOCTOR_FREE_GB).",
            )


def backups() -> Iterator[Complaint]:
    if not settings.BACKUPS:
        if settings.IN_PRODUCTION:
            yield Complaint(
                "The hub does not know where its backups lie, so nobody notices when there are none.",
                "Set BACKUPS to their folder, as this machine sees it.",
                is_grave=False,
            )
        return
    folder = Path(settings.BACKUPS)
    if not folder.is_dir():
        yield Complaint(f"There is no folder {folder} with backups.", "Make one, or set BACKUPS to the right one.")
        return
    newest = max(
        (file.stat() for file in folder.rglob("*") if file.is_file()), key=lambda it: it.st_mtime, default=None
    )
    hours = (time.time() - newest.st_mtime) / HOUR if newest else 0.0
    if newest is None:
        yield Complaint(f"No backup lies in {folder}.", "See that the backup runs: docs/operators.md, “Backups”.")
    elif hours > settings.BACKUPS_EVERY_HOURS * SLACK:
        said = f"The newest backup in {folder} is {hours:.0f} hours old."
        yield Complaint(said, f"See that it runs. One is expected every {settings.BACKUPS_EVERY_HOURS} hours.")
    elif newest.st_size == 0:
        yield Complaint(f"The newest backup in {folder} is empty.", "See what the backup command says.")
