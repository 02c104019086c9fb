"""What the packages of this room hear of accounts."""

from accounts.invitations import signals as invitations
from accounts.leaving import signals as leaving
from accounts.second_factor import signals as second_factor
from accounts.sessions import signals as sessions
from accounts.stays import signals as stays


def listen() -> None:
    for package in (invitations, leaving, second_factor, sessions, stays):
        package.listen()
