"""Posts as their reader may read them at the moment in which they are read.

Between the question whether somebody may read a conversation and the query that reads it, it may be moved and written
in. Whoever was asked about before would read what was said after it.
"""

from django.db.models import Exists

from conversations.guest_tokens import guest_token
from conversations.models import Conversation, Guest
from conversations.permissions import TalkRights
from conversations.querysets import PostQuerySet
from core.audiences import viewer_tokens


def posts_still_for(part: TalkRights, conversation: Conversation) -> PostQuerySet:
    """Its posts, as long as it stands where it stood, for the same readers as when ``part`` was asked, and a guest is
    one still. It is asked in the query that reads them, and costs none.
    """
    same = {name: getattr(conversation, name) for name in ("community", "audience_token", "withheld")}
    posts: PostQuerySet = conversation.posts.filter(**{f"conversation__{name}": value for name, value in same.items()})
    if not part.is_member and guest_token(conversation.pk) in viewer_tokens(part.person):
        posts = posts.filter(Exists(Guest.objects.admitted().filter(conversation=conversation, person=part.person.pk)))
    return posts
