"""Who gets what at the addresses of ``communities``."""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from communities.models import (
    FACILITATOR as LOOKS_AFTER,
    Award,
    Claim,
    Grant,
    Holding,
    KeptText,
    Membership,
    Qualification,
    Role,
    State,
)
from core.models import Topic
from stories.models import StoryPage
from tests.factories import PersonFactory, make_member
from tests.visibility.accounts import invited
from tests.visibility.rows import (
    ANYBODY,
    FACILITATOR,
    HUB_TEAM_ALONE,
    INSIDERS,
    NOT_EVEN_MEMBERS,
    SIGNED_IN_INSIDERS,
    SIGNED_IN_MEMBERS,
    WHO_SIGNED_IN,
    WRITERS,
    Row,
    by_audience,
    by_facilitator,
    by_facilitator_or_hub_team,
    by_hub_team,
    by_whoever_answers,
    same,
)
from tests.visibility.world import MARKER, Shelf


def _foreign_role(shelf: Shelf) -> Holding:
    """Somebody else's, which only they answer."""
    return make_member(PersonFactory(), shelf.community, LOOKS_AFTER).holdings.get()


def _asked(shelf: Shelf) -> Membership:
    """Somebody new who asks to join: each viewer answers one of their own."""
    return make_member(PersonFactory(), shelf.community, state=State.ASKED)


def _kept_text(deed: str = "") -> Callable[[Shelf], str]:
    """What somebody else typed, and did not send."""

    def address(shelf: Shelf) -> str:
        kind = ContentType.objects.get_for_model(StoryPage)
        made = {"content_type": kind, "object_id": str(shelf.story.pk), "community": shelf.community}
        text, _new = KeptText.objects.get_or_create(person=shelf.asked.person, **made)
        return f"{text.get_absolute_url()}{deed}"

    return address


def _removed(shelf: Shelf) -> Membership:
    """A membership that was ended, with a reason that only its person reads."""
    ended = {"state": State.ENDED, "until": timezone.now(), "reason": "Moved away."}
    return Membership.objects.create(community=shelf.community, person=PersonFactory(), **ended)


def _community(shelf: Shelf, rest: str) -> str:
    return f"/communities/{shelf.community.slug}/{rest}"


def _grant(deed: str = "") -> Callable[[Shelf], str]:
    """Where what a community asked for stands, and where it is decided."""
    terms = {"asset": f"The {MARKER} van", "purpose": "To bring it.", "asked_at": timezone.now()}

    def address(shelf: Shelf) -> str:
        asked, _new = Grant.objects.get_or_create(community=shelf.community, capability="use_asset", defaults=terms)
        return f"/rights/{asked.pk}/{deed}"

    return address


def _award(deed: str = "") -> Callable[[Shelf], str]:
    """Evidence of somebody who holds a role in the community that demands it."""

    def address(shelf: Shelf) -> str:
        what, _new = Qualification.objects.get_or_create(slug="care", defaults={"name": "Care"})
        keeper, _new = Role.objects.get_or_create(slug="keeper", defaults={"name": "Keeper"})
        keeper.qualifications.add(what)
        holder = PersonFactory()
        Holding.objects.create(membership=make_member(holder, shelf.community), role=keeper)
        today = timezone.localdate()
        said = {"evidence": f"{MARKER.title()} course", "awarded_on": today}
        return f"/qualifications/{Award.objects.create(person=holder, qualification=what, **said).pk}/{deed}"

    return address


def _claim(deed: str = "", *, is_named: bool = False) -> Callable[[Shelf], str]:
    """Somebody, none of the cast, asks to be named for a topic of the community, or is named."""

    def address(shelf: Shelf) -> str:
        topic, _new = Topic.objects.get_or_create(slug="oil", defaults={"name": "Oil"})
        holder = PersonFactory()
        make_member(holder, shelf.community)
        claim = Claim.objects.create(person=holder, community=shelf.community, topic=topic, words=f"{MARKER}.")
        if is_named:
            now = timezone.now()
            Claim.objects.filter(pk=claim.pk).update(
                decided_at=now, decided_name="Somebody", reason="Yes.", until=timezone.localdate(now)
            )
        return f"/named/{claim.pk}/{deed}"

    return address


def by_verifiers(address: Callable[[Shelf], str]) -> Row:
    """Evidence is for its person, for the stewards where a role demands it, and for the hub team."""
    return Row(address, "sign-in 404 404 200 404 200", *[HUB_TEAM_ALONE] * 2)


ADDRESSES: dict[str, Row] = {
    "communities/<any_slug:slug>/edit/": Row(lambda shelf: _community(shelf, "edit/"), *WRITERS),
    "communities/<any_slug:slug>/changes/": Row(
        lambda shelf: _community(shelf, "changes/"), "sign-in 404 200 200 404 404", NOT_EVEN_MEMBERS, SIGNED_IN_MEMBERS
    ),
    "communities/<any_slug:slug>/join/": Row(
        lambda shelf: _community(shelf, "join/"), WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS
    ),
    "communities/<any_slug:slug>/leave/": Row(
        lambda shelf: _community(shelf, "leave/"),
        "sign-in 302 200 200 302 302",
        "sign-in 302 302 302 404 302",
        SIGNED_IN_MEMBERS,
    ),
    "communities/<any_slug:slug>/members/": by_audience(lambda shelf: _community(shelf, "members/")),
    "communities/<any_slug:slug>/approval/": by_facilitator_or_hub_team(
        lambda shelf: _community(shelf, "approval/"), rule="nothing"
    ),
    "communities/<any_slug:slug>/members/invite/": by_facilitator(
        lambda shelf: _community(shelf, "members/invite/"), addresses="nobody@example.org", kind="staff"
    ),
    "communities/<any_slug:slug>/members/invited/<int:pk>/again/": by_facilitator(
        lambda shelf: _community(shelf, f"members/invited/{invited(shelf).pk}/again/")
    ),
    "communities/<any_slug:slug>/members/invited/<int:pk>/withdraw/": by_facilitator(
        lambda shelf: _community(shelf, f"members/invited/{invited(shelf).pk}/withdraw/")
    ),
    "communities/<any_slug:slug>/members/<int:pk>/accept/": by_whoever_answers(
        lambda shelf: _community(shelf, f"members/{_asked(shelf).pk}/accept/")
    ),
    "communities/<any_slug:slug>/members/<int:pk>/decline/": by_whoever_answers(
        lambda shelf: _community(shelf, f"members/{_asked(shelf).pk}/decline/")
    ),
    "communities/<any_slug:slug>/members/<int:pk>/roles/": by_facilitator_or_hub_team(
        lambda shelf: _community(shelf, f"members/{make_member(PersonFactory(), shelf.community).pk}/roles/"),
        roles="facilitator",
    ),
    "communities/<any_slug:slug>/members/<int:pk>/remove/": by_facilitator_or_hub_team(
        lambda shelf: _community(shelf, f"members/{make_member(PersonFactory(), shelf.community).pk}/remove/"),
        reason="Moved away.",
    ),
    # what communities may do: decided by the hub team, also of those that it may not see
    "rights/": same("/rights/", ANYBODY),
    "rights/feed/": same("/rights/feed/", ANYBODY),
    "rights/table.csv": same("/rights/table.csv", ANYBODY),
    "rights/<int:pk>/": Row(_grant(), ANYBODY, INSIDERS, "404 404 404 404 200 200"),
    **{
        f"rights/<int:pk>/{deed}/": Row(_grant(f"{deed}/"), *[HUB_TEAM_ALONE] * 3)
        for deed in ("grant", "refuse", "extend", "withdraw")
    },
    "rights/<int:pk>/take-back/": Row(_grant("take-back/"), FACILITATOR, *[NOT_EVEN_MEMBERS] * 2, "post"),
    "communities/<any_slug:slug>/rights/": Row(
        lambda shelf: _community(shelf, "rights/"), WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS
    ),
    "communities/<any_slug:slug>/grants/ask/": Row(
        lambda shelf: _community(shelf, "grants/ask/"), "sign-in 404 404 200 404 404", *[NOT_EVEN_MEMBERS] * 2
    ),
    "communities/<any_slug:slug>/grants/new/": Row(
        lambda shelf: _community(shelf, "grants/new/"), *[HUB_TEAM_ALONE] * 3
    ),
    # the hub team names facilitators everywhere; of a private community it sees no more than that
    "communities/unattended/": same("/communities/unattended/", HUB_TEAM_ALONE),
    "communities/<any_slug:slug>/facilitators/": Row(
        lambda shelf: _community(shelf, "facilitators/"), HUB_TEAM_ALONE, HUB_TEAM_ALONE, HUB_TEAM_ALONE
    ),
    # what one person alone is told, who is none of the cast
    "communities/<any_slug:slug>/invitation/": Row(
        lambda shelf: _community(shelf, "invitation/"),
        "sign-in 404 302 302 404 404",  # who belongs already has said yes
        NOT_EVEN_MEMBERS,
        "sign-in 404 404 404 302 404",
    ),
    "communities/roles/<int:pk>/": Row(
        lambda shelf: f"/communities/roles/{_foreign_role(shelf).pk}/", *[NOT_EVEN_MEMBERS] * 3
    ),
    "communities/kept/<int:pk>/": Row(_kept_text(), *[NOT_EVEN_MEMBERS] * 3),
    "communities/kept/<int:pk>/send/": Row(_kept_text("send/"), *[NOT_EVEN_MEMBERS] * 3, "post"),
    "communities/kept/<int:pk>/discard/": Row(_kept_text("discard/"), *[NOT_EVEN_MEMBERS] * 3, "post"),
    "communities/removed/<int:pk>/": Row(
        lambda shelf: f"/communities/removed/{_removed(shelf).pk}/", *[NOT_EVEN_MEMBERS] * 3
    ),
    # qualifications
    "qualifications/": same("/qualifications/", WHO_SIGNED_IN),
    "qualifications/waiting/": Row(lambda shelf: _award()(shelf) and "/qualifications/waiting/", *[WHO_SIGNED_IN] * 3),
    "qualifications/record/": by_hub_team(lambda _shelf: "/qualifications/record/"),
    "qualifications/give/<slug:slug>/": Row(
        lambda shelf: _award()(shelf) and "/qualifications/give/care/", *[WHO_SIGNED_IN] * 3
    ),
    "qualifications/<int:pk>/": by_verifiers(_award()),
    "qualifications/<int:pk>/withdraw/": by_verifiers(_award("withdraw/")),
    "named/": same("/named/", WHO_SIGNED_IN),
    "named/ask/": same("/named/ask/", WHO_SIGNED_IN),
    "named/waiting/": Row(lambda shelf: _claim()(shelf) and "/named/waiting/", *[WHO_SIGNED_IN] * 3),
    "named/<int:pk>/": by_verifiers(_claim()),
    "named/<int:pk>/withdraw/": by_verifiers(_claim("withdraw/", is_named=True)),
    "named/<int:pk>/still/": Row(
        _claim("still/", is_named=True), "sign-in 404 404 302 404 302", *["sign-in 404 404 404 404 302"] * 2, "post"
    ),
    "named/<int:pk>/take-back/": Row(_claim("take-back/"), *["sign-in 302 302 302 302 302"] * 3, "post"),
    "qualifications/<int:pk>/take-back/": Row(_award("take-back/"), *[NOT_EVEN_MEMBERS] * 3, "post"),
}

PAGES: dict[str, Row] = {
    "communities.CommunityIndexPage": same("/communities/", ANYBODY),
    "communities.CommunityPage": by_audience(lambda shelf: shelf.community.url),
}
