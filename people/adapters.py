"""How allauth lets people in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedPeopleOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves: staff come from the organisation, residents are invited to a community."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
