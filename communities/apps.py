"""Communities: people with a purpose, and who belongs to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import listings, permissions, signals  # noqa: F401, PLC0415 (listings registers its sections)
        from communities.models import CommunityContent, CommunityPage  # noqa: PLC0415 (models load first)
        from core.audiences import Widening, register_token_source, widen  # noqa: PLC0415 (models load first)

        register_token_source(permissions.community_tokens)
        rule = permissions.people_who_share_a_community
        widen("people.User", Widening(rule, permissions.tokens_of_person, (permissions.AHEAD,)))
        permissions.let_members_in(CommunityPage, "pk")
        for model in CommunityContent.models():
            permissions.let_members_in(model, "community_id")
        signals.listen()
