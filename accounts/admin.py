"""What Django's admin does not show: with it, one person could take a second factor off, or join a sign-on, unseen."""

from allauth.mfa import admin as second_factors  # noqa: F401 (registered before it is taken out)
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as sign_ons  # noqa: F401 (likewise)
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin

admin.site.unregister([Authenticator, SocialAccount, SocialApp, SocialToken])
