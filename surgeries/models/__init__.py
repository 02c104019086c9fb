"""Surgeries (series of drop-ins), their sessions (one date of one), and the patterns that give the dates."""

from surgeries.choices import ForWhom, Status
from surgeries.models.pages import TOLD_OF_SERIES, SurgeryIndexPage, SurgeryPage, SurgeryTopic
from surgeries.models.patterns import LeftOut, Pattern
from surgeries.models.sessions import Session, SessionMentor

__all__ = [
    "TOLD_OF_SERIES",
    "ForWhom",
    "LeftOut",
    "Pattern",
    "Session",
    "SessionMentor",
    "Status",
    "SurgeryIndexPage",
    "SurgeryPage",
    "SurgeryTopic",
]
