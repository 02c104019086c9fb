"""Whom somebody may name in a conversation: people who may read it and whom they may see, their own communities whose
members may read it, and the roles of its community, where they are a member of it.
"""

from collections.abc import Collection, Iterable

from django.db.models import Case, IntegerField, Q, Value, When

from communities.models import CommunityPage, Holding, Membership, Role
from conversations.guest_tokens import guest_token
from conversations.mentions.names import Mentionable, Names, read
from conversations.mentions.parsing import Beginning, beginnings
from conversations.models import Conversation, Guest, Post
from core.audiences import EVERYONE, ORGANISATION, Viewer, community_pks, is_personal, tokens_of, viewer_tokens
from people.choices import PersonKind
from people.models import User
from people.names import plain_words
from people.querysets import PersonQuerySet

OFFERED = 6
LONGEST_SLUG = 120  # letters


def begun_in(community: CommunityPage, audience: str) -> Conversation:
    """A conversation that is not begun yet, with the readers that it would have."""
    conversation = Conversation(community=community, audience=audience)
    conversation.audience_token = conversation.own_audience_token()
    return conversation


# -- who may be named --------------------------------------------------------------------------------------------------
def readers(conversation: Conversation) -> PersonQuerySet:
    """People who may read it: those who hold one of its tokens."""
    tokens = tokens_of(conversation)
    if EVERYONE in tokens:
        return User.objects.here()
    members = Membership.objects.active().filter(community__in=community_pks(tokens)).values("person")
    guests = Guest.objects.admitted().filter(conversation=conversation.pk).exclude(came=None).values("person")
    rule = (
        Q(pk__in=members)
        | Q(pk__in=guests)
        | Q(pk__in=[int(token.partition(":")[2]) for token in tokens if is_personal(token)])
    )
    return User.objects.here().filter(rule | Q(kind=PersonKind.STAFF) if ORGANISATION in tokens else rule)


def people_at(conversation: Conversation, by: Viewer) -> PersonQuerySet:
    """Those of them whom ``by`` may see; for a guest those who wrote there, because who else reads it is not theirs to
    know.
    """
    found: PersonQuerySet = User.objects.shown_to(by).filter(pk__in=readers(conversation).values("pk"))
    opened = tokens_of(conversation) & viewer_tokens(by)
    return found.filter(pk__in=_who_wrote(conversation)) if opened == {guest_token(conversation.pk)} else found


def communities_at(conversation: Conversation, by: Viewer) -> list[CommunityPage]:
    """Only their members address them, and only where they may read it."""
    mine = set(community_pks(viewer_tokens(by)))
    tokens = tokens_of(conversation)
    if tokens.isdisjoint({EVERYONE, ORGANISATION}):
        mine &= set(community_pks(tokens))
    return list(CommunityPage.objects.shown_to(by).filter(pk__in=mine)) if mine else []


def roles_at(conversation: Conversation, by: Viewer) -> list[Role]:
    """The roles that somebody holds in its community."""
    community = conversation.community_id
    if community not in community_pks(viewer_tokens(by)):
        return []
    held = Holding.objects.in_effect().filter(membership__community=community, membership__person__is_active=True)
    return list(Role.objects.filter(pk__in=held.values("role")))


# -- what they are called ----------------------------------------------------------------------------------------------
def person_named(person: User) -> Mentionable:
    return Mentionable(f"person:{person.pk}", person.name, person.slug, person.job_title)


def community_named(community: CommunityPage) -> Mentionable:
    return Mentionable(f"community:{community.pk}", community.title, community.slug)


def role_named(role: Role, community: CommunityPage) -> Mentionable:
    return Mentionable(f"role:{role.pk}:{community.pk}", role.name, role.slug, community.title)


def names_for(found: Iterable[Beginning], conversation: Conversation, by: Viewer) -> Names:
    """Everything that could be meant by one of these."""
    names, found = Names(), list(found)
    typed = [name for each in found for _end, name in each.names]
    firsts = {words[0] for name in typed if (words := plain_words(name))}
    slugs = {name for name in typed if " " not in name and len(name) <= LONGEST_SLUG}
    rule = Q(slug__in=slugs)
    for word in sorted(firsts):
        rule |= Q(words_to_find__startswith=f"{word} ") | Q(words_to_find=word)
    for person in people_at(conversation, by).filter(rule):
        names.add(person_named(person))
    for named in others_at(conversation, by):
        names.add(named)
    return names


def others_at(conversation: Conversation, by: Viewer) -> list[Mentionable]:
    """Communities and roles."""
    named = [community_named(each) for each in communities_at(conversation, by)]
    if conversation.community is not None:
        named += [role_named(role, conversation.community) for role in roles_at(conversation, by)]
    return named


# -- what is offered while somebody writes -----------------------------------------------------------------------------
def offered(typed: str, conversation: Conversation, by: Viewer) -> list[tuple[Mentionable, str]]:
    """The nearest to what was typed behind an @, each with what to write for it. Before a letter is typed, those who
    wrote in the conversation.
    """
    asked = plain_words(typed)
    if typed.strip() and not asked:
        return []
    others = [each for each in others_at(conversation, by) if _begins(plain_words(each.name), asked)]
    people = people_at(conversation, by).exclude(pk=by.pk)
    nearest = _nearest(people, asked) if asked else people.filter(pk__in=_who_wrote(conversation))
    found = [person_named(person) for person in nearest[: OFFERED - min(len(others), 3)]]
    return _with_words([*found, *others[: OFFERED - len(found)]], conversation, by)


def _nearest(people: PersonQuerySet, asked: list[str]) -> PersonQuerySet:
    """Those of whom each word that was typed begins one, a name or what they do. Whose names begin so stand first."""
    whole = " ".join(asked)
    place = Case(
        When(words_to_find__startswith=whole, then=Value(0)),
        When(words_to_find__contains=f" {whole}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    for word in asked[:6]:
        people = people.filter(Q(words_to_find__startswith=word) | Q(words_to_find__contains=f" {word}"))
    return people.order_by(place, "sort_name", "pk")


def _who_wrote(conversation: Conversation) -> Collection[int]:
    """And in whose names they did, the last ones first."""
    if conversation.pk is None:
        return []
    wrote = Post.objects.shown().filter(conversation=conversation, author__isnull=False).order_by("-number")
    pairs = wrote.values_list("author_id", "principal_id")[:50]
    return list(dict.fromkeys(pk for pair in pairs for pk in pair if pk))


def _begins(words: list[str], asked: list[str]) -> bool:
    """Whether each word that was asked for begins one of ``words``."""
    return all(any(word.startswith(each) for word in words) for each in asked)


def _with_words(found: list[Mentionable], conversation: Conversation, by: Viewer) -> list[tuple[Mentionable, str]]:
    """The name, or the address where several have the name. What neither tells apart is not offered."""
    told: dict[str, str] = {}
    starts = [each for named in found for word in (named.name, named.slug) for each in beginnings(f"@{word}")]
    names = names_for(starts, conversation, by)
    for named in found:
        for words in (named.name, named.slug):
            spans, _unresolved = read(f"@{words}", beginnings(f"@{words}"), names)
            if [(span.named.key, span.typed) for span in spans] == [(named.key, words)]:
                told.setdefault(named.key, words)
    return [(named, told[named.key]) for named in found if named.key in told]
