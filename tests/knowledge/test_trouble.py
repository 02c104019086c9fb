"""What the machine cannot do is not blamed on the file: it waits, with what was known of it."""

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core import outbox
from core.files.reader.reasons import Reason
from core.models import HubDocument
from knowledge.files import services
from knowledge.files.models import FileText
from tests.knowledge.conftest import finds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]


def no_room(file: HubDocument, _tmp_path: Path, monkeypatch: Any) -> None:
    """There is nowhere to put a copy; the error says “No such file or directory”."""
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")


def no_reader(file: HubDocument, _tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")


def broken_reader(file: HubDocument, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(sys, "executable", program(tmp_path, "echo The interpreter is broken >&2; exit 1"))


def no_library(file: HubDocument, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "pypdf.py").write_text("raise ImportError('pypdf is not installed')")
    monkeypatch.syspath_prepend(tmp_path)


def storage_in_disorder(file: HubDocument, _tmp_path: Path, _monkeypatch: Any) -> None:
    """The name leads round in a circle."""
    Path(file.file.path).unlink()
    Path(file.file.path).symlink_to(file.file.path)


def read_later(file: Any) -> None:
    """What the worker does with a file that was uploaded."""
    outbox.emit(services.UPLOADED, file)
    outbox.drain(services.READER)


def program(folder: Path, script: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("trouble", [no_room, no_reader, broken_reader, no_library, storage_in_disorder])
def test_trouble_of_the_machine_leaves_a_file_waiting_with_what_was_known(upload, monkeypatch, tmp_path, trouble):
    file = upload()
    FileText.objects.update(waits=True, digest="")
    trouble(file, tmp_path, monkeypatch)
    read_later(file)
    row = FileText.objects.waiting().get()
    assert (row.reason, row.state) == ("", "Search knows what stands in it.")
    assert finds(file, "quillwort")


@pytest.mark.parametrize(
    ("trouble", "complaint"), [(broken_reader, "The interpreter is broken"), (no_library, "pypdf is not installed")]
)
def test_the_log_says_what_the_reader_complains_of(upload, monkeypatch, tmp_path, caplog, trouble, complaint):
    file = upload()
    FileText.objects.update(waits=True, digest="")
    trouble(file, tmp_path, monkeypatch)
    read_later(file)
    assert complaint in caplog.text


def test_text_is_read_where_what_pdf_needs_is_missing(upload, monkeypatch, tmp_path):
    no_library(upload(), tmp_path, monkeypatch)
    assert finds(upload(b"spearwort", "note.txt"), "spearwort")


def test_a_reader_that_was_killed_is_asked_again(upload, committed, monkeypatch, tmp_path):
    """Whoever ran out of memory today may have more tomorrow."""
    with monkeypatch.context() as today:
        today.setattr(sys, "executable", program(tmp_path, "kill -9 $$"))
        file = upload()
        assert FileText.objects.get().reason == Reason.TOO_HARD
    with committed():
        services.read(file.pk)
    assert finds(file, "quillwort")


def test_the_command_goes_on_past_trouble_and_says_so(upload, monkeypatch, tmp_path):
    bad, good = upload(), upload(b"spearwort", "note.txt")
    storage_in_disorder(bad, tmp_path, monkeypatch)
    FileText.objects.update(waits=True)
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 file could not be read now"):
        call_command("read_files", stdout=out)
    assert out.getvalue() == "1 file looked at.\n"
    assert [row.file for row in FileText.objects.waiting()] == [bad]
    assert finds(good, "spearwort")


def test_a_file_that_was_never_stored_is_gone(upload):
    file = upload()
    HubDocument.objects.update(file=f"documents{os.sep}")
    assert services.read(file.pk).reason == Reason.MISSING
