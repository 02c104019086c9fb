"""What is held of delegates, and of those in whose name they write."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conversations.models import Delegation, Post
from core.holdings import PersonalData, told

HELD = (
    PersonalData(
        "posts in your name",
        _("What delegates wrote in your name in conversations"),
        _("The posts over which your name stands beside theirs, and the conversations that they began for you."),
        rows=lambda person: told(
            Post.objects.filter(principal=person), "posted", "text", conversation="conversation__title"
        ),
        covers=("conversations.Post.principal", "conversations.Conversation.principal"),
        goes=_("That they were in your name."),
        stays=_("The words, because others answered them, and that they were written for somebody."),
    ),
    PersonalData(
        "delegations",
        _("Who writes for you in conversations, and for whom you write"),
        _("From when until when, what for, and when it was accepted and ended."),
        rows=lambda person: told(
            Delegation.objects.filter(Q(principal=person) | Q(delegate=person)),
            "since",
            "until",
            "announces",
            "named",
            "accepted",
            "ended",
        ),
        covers=(
            "conversations.Delegation.principal",
            "conversations.Delegation.delegate",
            "conversations.Delegation.ended_by",
        ),
        goes=_("All of it."),
    ),
)
