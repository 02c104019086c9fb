"""Communities: people with a purpose, and who belongs to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities.permissions import community_tokens, people_who_share_a_community  # noqa: PLC0415
        from hub.audiences import Widening, register_token_source, widen  # noqa: PLC0415

        register_token_source(community_tokens)
        widen("people.User", Widening(rule=people_who_share_a_community, tokens=community_tokens))
        from communities import listings  # noqa: F401, PLC0415 (registers its sections)
