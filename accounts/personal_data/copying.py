"""The copy of what is held of somebody: a page to read, the same for machines, and their files, in one zip."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils import timezone

from core.holdings import HOLDINGS, PersonalData
from people.models import User


@dataclass(frozen=True, slots=True)
class CopiedHolding:
    """One holding, with what there is of one person."""

    holding: PersonalData
    rows: list[Mapping[str, Any]]

    @property
    def said(self) -> list[list[tuple[str, Any]]]:
        """The rows as a reader sees them: what is empty is left out."""
        return [
            [(name.replace("_", " "), value) for name, value in row.items() if value not in (None, "", [], {})]
            for row in self.rows
        ]


def held_of(person: User) -> list[CopiedHolding]:
    """Everything, room by room."""
    return [CopiedHolding(holding, list(holding.rows(person))) for holding in HOLDINGS]


def zipped(person: User) -> bytes:
    """The whole copy."""
    held, made = held_of(person), timezone.now()
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "read-me.html",
            render_to_string("accounts/personal_data/copy.html", {"held": held, "person": person, "made": made}),
        )
        archive.writestr("copy.css", render_to_string("accounts/personal_data/copy.css"))
        archive.writestr("data.json", as_json(held, made))
        for holding in HOLDINGS:
            for number, each in enumerate(holding.files(person) if holding.files else (), 1):
                _add(archive, f"files/{holding.name}-{number}{PurePosixPath(str(each.name)).suffix}", each)
    return file.getvalue()


def _add(archive: ZipFile, name: str, file: FieldFile) -> None:
    """One file of theirs; one that is lost from the disk is lost from the copy, too."""
    try:
        with file.storage.open(str(file.name)) as opened:
            archive.writestr(name, opened.read())
    except FileNotFoundError:
        return


def as_json(held: Iterable[CopiedHolding], made: object) -> str:
    things = {
        one.holding.name: {"what": str(one.holding.label), "about": str(one.holding.says), "rows": one.rows}
        for one in held
    }
    return json.dumps({"made": made, "held": things}, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
