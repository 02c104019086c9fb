"""Rights in communities behind Django's own question: ``person.has_perm("communities.edit_page", page)``."""

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import BaseBackend

from communities.choices import Capability
from communities.rights import can
from core.audiences import Viewer

PREFIX = "communities."


class RightsInCommunities(BaseBackend):
    """Answers for a thing, and never for everything at once. It signs nobody in."""

    def has_perm(self, user_obj: Viewer, perm: str, obj: object = None) -> bool:
        capability = perm.removeprefix(PREFIX)
        if obj is None or capability == perm or capability not in Capability.values:
            return False
        return bool(can(user_obj, capability, obj))

    async def ahas_perm(self, user_obj: Viewer, perm: str, obj: object = None) -> bool:
        return await sync_to_async(self.has_perm)(user_obj, perm, obj)
