"""``branding()``: what the hub team set, or the environment where they set nothing.

What they set is kept in memory by each process, under the versions of what pages show (``core.versions``): a warm page
asks nothing more than the versions that it asks for anyway, and a change shows at once in every process.
"""

import logging
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import fragments, versions
from core.current_reader import current_request

if TYPE_CHECKING:
    from core.branding.models import BrandingSettings
    from core.pictures.shown import Photograph

logger = logging.getLogger(__name__)
SPECIAL = frozenset('()<>[]:;@\\,."')
BRANDING = "branding"
LOGO = "max-480x120|format-webp"
COVER = "fill-1600x440|format-webp"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a reader can turn to."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Branding:
    """The hub as its pages and e-mails call it. Pictures are None where the drawn ones stand."""

    name: str
    body: str
    sender_name: str
    sender_address: str
    contact: Contact
    logo: "Photograph | None" = None
    cover: "Photograph | None" = None
    logo_file: str = ""
    is_named: bool = False
    """Whether the hub team gave the body's name."""

    @property
    def sender(self) -> str:
        """As it stands in an e-mail."""
        if not self.sender_address or not self.sender_name:
            return self.sender_address
        name = self.sender_name
        if SPECIAL.intersection(name):
            name = '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))
        return f"{name} <{self.sender_address}>"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one state of the database said."""

    version: str
    row: "BrandingSettings | None" = None
    logo: "Photograph | None" = None
    cover: "Photograph | None" = None


_kept = _Kept("")


def branding(request: HttpRequest | None = None) -> Branding:
    """The hub. Without a database, as on an error's page, what the environment says."""
    try:
        return _answer(_asked(request or current_request()))
    except DatabaseError:
        logger.warning("The settings of the hub cannot be read; the environment's are taken.")
        return _answer(_Kept(""))


def _asked(request: HttpRequest | None) -> _Kept:
    global _kept  # noqa: PLW0603 (one for each process, replaced as a whole)
    kept = _kept
    if request is not None and hasattr(request, "user") and _version(fragments.current(request)) == kept.version:
        return kept
    # Versions are read before the row, and in its transaction: what is kept under them is as new as they say, and
    # versions of a transaction that is rolled back never come again.
    version = _version(versions.read())
    if version != kept.version:
        kept = _kept = _read(version)
    return kept


def _version(read: versions.Versions) -> str:
    """The settings raise a version of their own; a picture that is closed or replaced that of uploads."""
    return f"{read[BRANDING]}:{read['uploads']}"


def _read(version: str) -> _Kept:
    from core.branding.models import BrandingSettings  # noqa: PLC0415 (models load later than what asks for the name)
    from core.pictures.shown import open_photograph  # noqa: PLC0415 (likewise)

    row = BrandingSettings.base_queryset().order_by("pk").first()
    if row is None:
        return _Kept(version)
    return _Kept(version, row, open_photograph(row.logo, LOGO), open_photograph(row.cover, COVER))


def _answer(kept: _Kept) -> Branding:
    row = kept.row
    set_name, set_address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    help_name, help_address = parseaddr(settings.HUB_CONTACT)
    said = row or _NOTHING
    name = said.name or settings.HUB_NAME
    sender = said.sender_address or set_address
    if said.contact_address or said.contact_name:
        help_name, help_address = said.contact_name, said.contact_address or help_address
    return Branding(
        name=name,
        body=said.body or settings.BODY_NAME,
        sender_name=said.sender_name or said.name or set_name or name,
        sender_address=sender,
        contact=Contact(help_name or _("the hub’s team"), help_address or sender),
        logo=kept.logo,
        cover=kept.cover,
        is_named=bool(row and row.body),
        logo_file=row.logo.file.name if row and row.logo and kept.logo else "",
    )


class _NOTHING:
    name = body = sender_address = sender_name = contact_address = contact_name = ""
