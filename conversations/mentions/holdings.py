"""Where posts name a person, and what becomes of it when they go."""

from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, override

from conversations.mentions.marking import without
from conversations.mentions.names import Mentionable, Names, read
from conversations.mentions.parsing import beginnings, with_marks
from conversations.models import Conversation, Mention, Post, PostVersion
from core.holdings import PersonalData, told
from people.models import User
from search.services import changed_queryset

HELD = (
    PersonalData(
        "mentions",
        gettext_lazy("Where others named you in conversations"),
        gettext_lazy("The posts that name you with an @."),
        rows=lambda person: told(
            Mention.objects.filter(person=person), "is_there", "post__posted", conversation="post__conversation__title"
        ),
        covers=("conversations.Mention.person",),
        goes=gettext_lazy("Your name behind the @, also in what the posts said before."),
        stays=gettext_lazy("The post, with a sentence in place of your name."),
    ),
)


def forget(person: User) -> None:
    """Take the name of somebody who goes out of the posts that named them, and of what those said before."""
    mentions = Mention.objects.filter(person=person).select_related("post")
    with override(settings.LANGUAGE_CODE):
        instead = _("somebody whose account is gone")
    posts, versions = [], []
    for mention in mentions:
        names, post = _names(mention, person), mention.post
        post.text = _without(post.text, names, instead)
        post.html = without(post.html, mention.key, instead)
        posts.append(post)
        for version in PostVersion.objects.filter(post=post):
            version.text = _without(version.text, names, instead)
            versions.append(version)
    if posts:
        Post.objects.bulk_update(posts, ["text", "html"], batch_size=200)
        PostVersion.objects.bulk_update(versions, ["text"], batch_size=200)
        mentions.delete()
        changed_queryset(Conversation, Conversation.objects.filter(posts__in=[post.pk for post in posts]).distinct())


def _names(mention: Mention, person: User) -> Names:
    names = Names()
    for name in (person.name, mention.name, mention.typed):
        names.add(Mentionable(mention.key, name, person.slug))
    return names


def _without(text: str, names: Names, instead: str) -> str:
    spans, _unresolved = read(text, beginnings(text), names)
    return with_marks(text, [(span.start, span.end) for span in spans], lambda _number: instead)
