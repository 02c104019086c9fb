"""The models of every package of this room."""

from accounts.leaving.models import Departure, HandedOver
from accounts.second_factor.models import FactorHelp
from accounts.sessions.models import SignedInSession

__all__ = ["Departure", "FactorHelp", "HandedOver", "SignedInSession"]
