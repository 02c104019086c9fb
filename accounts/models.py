"""The models of every package of this room."""

from accounts.from_file.models import PeopleFile
from accounts.invitations.models import Invitation
from accounts.leaving.models import Departure, HandedOver
from accounts.personal_data.models import ErasureRequest, HeldCopy
from accounts.scim.models import (
    Brought,
    Directory,
    DirectoryGroup,
    DirectoryGroupMember,
    DirectoryPerson,
    DirectoryToken,
    GroupMapping,
)
from accounts.second_factor.models import FactorHelp
from accounts.sessions.models import SignedInSession
from accounts.stays.models import OutsideStay

__all__ = [
    "Brought",
    "Departure",
    "Directory",
    "DirectoryGroup",
    "DirectoryGroupMember",
    "DirectoryPerson",
    "DirectoryToken",
    "ErasureRequest",
    "FactorHelp",
    "GroupMapping",
    "HandedOver",
    "HeldCopy",
    "Invitation",
    "OutsideStay",
    "PeopleFile",
    "SignedInSession",
]
