"""What somebody hears about their sessions. Nobody can switch it off."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from accounts.security_notices import NEW_DEVICE, tell
from core.devices import device_name, rough_network
from people.models import User


def tell_new_device(request: HttpRequest, person: User) -> None:
    tell(NEW_DEVICE, person)
    told = {"device": device_name(request), "network": rough_network(request)}
    get_adapter(request).send_account_notice("accounts/email/new_device", person, told)
