"""What communities give to the rooms below."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities import (
    desk,
    first_steps,
    handover,
    holdings,
    interests,
    listings,
    notices,
    opened_notices,
    permissions,
    role_notices,
    suspended_roles,
)
from communities.approval import notices as approval_notices
from communities.claims import holdings as claim_holdings, notices as claim_notices, services as claim_services
from communities.claims.search_documents import ShownSource
from communities.editor.keys import KeyRule
from communities.editor.rights import RightsOfCommunities
from communities.editor.uploads import only_general
from communities.grants import holdings as grant_holdings, listings as grant_listings, notices as grant_notices
from communities.kept_texts import (
    holdings as kept_holdings,
    notices as kept_notices,
    refusing,
    services as kept_texts,
)
from communities.models import CommunityContent, CommunityPage
from communities.qualifications import (
    holdings as qualification_holdings,
    notices as qualification_notices,
    services as qualification_services,
)
from communities.search_documents import CommunitySource
from communities.services.collections import whose
from communities.writing.writable_communities import enters_the_editor
from core.audiences import TOKEN_SOURCES, Widening, widen
from core.editing.ended_rights import ANSWERS
from core.editing.forms import RULES
from core.editing.rights import RIGHTS
from core.editors import ENTRIES
from core.heartbeats import RHYTHMS, Rhythm
from core.holdings import add_holdings
from core.notices import add_notice_kind
from core.onward_links import OnwardLink, add_onward
from core.periodic import PERIODIC
from core.sections import Section, add_section
from core.tidying import TIDYINGS
from core.uploads import GENERAL, OWNERS
from indexing.documents import add_source
from people.handover import HANDOVERS
from people.models import User
from reading.interests import add_reason

add_holdings(holdings.HELD, order=20)
add_holdings(grant_holdings.HELD, order=21)
add_holdings(qualification_holdings.HELD, order=22)
add_holdings(kept_holdings.HELD, order=23)
add_holdings(claim_holdings.HELD, order=24)

TITLE = _("Communities")

first_steps.add_steps()
RHYTHMS.add("check_memberships", Rhythm("check_memberships --repair"))
TOKEN_SOURCES.add("memberships", permissions.community_tokens)
widen(
    User._meta.label,
    "members of one community",
    Widening(permissions.people_who_share_a_community, permissions.tokens_of_person, (permissions.AHEAD,)),
)
permissions.let_members_in(CommunityPage, "pk")
for model in CommunityContent.models():
    permissions.let_members_in(model, "community_id")
add_source(CommunitySource())
add_source(ShownSource())
desk.lay_out()
HANDOVERS.add("facilitators", handover.FACILITATED, order=10)
HANDOVERS.add("roles", handover.IN_ROLES, order=15)
HANDOVERS.add("sponsors", handover.SPONSORED, order=20)
HANDOVERS.add("memberships", handover.MEMBERSHIPS, order=90)
add_section(
    Section(
        "community",
        "grants",
        _("What it has been granted"),
        "communities/grants/section.html",
        grant_listings.grants_of_community,
    ),
    order=90,
)
add_section(Section("topic", "communities", TITLE, "communities/of_topic.html", listings.communities_about), order=10)
add_section(
    Section("person", "communities", TITLE, "communities/of_person.html", listings.communities_of_person), order=10
)
add_reason("joined", _("Because you are in %(title)s"), interests.communities_of, order=40)


def _index() -> str:
    return "/communities/"


add_onward(OnwardLink("nothing found", _("See all communities"), _index), "communities", order=10)
add_onward(OnwardLink("nothing to find yet", _("See what there is"), _index), "communities")
add_onward(OnwardLink("without an account", _("Look at the communities"), _index), "communities")
add_onward(
    OnwardLink("one's own page", _("My qualifications"), lambda: reverse("qualifications:mine")),
    "qualifications",
    order=10,
)
add_onward(
    OnwardLink("one's own page", _("Named as somebody who knows"), lambda: reverse("claims:mine")), "claims", order=60
)
for number, kind in enumerate(
    (
        *notices.KINDS,
        *role_notices.KINDS,
        *grant_notices.KINDS,
        *qualification_notices.KINDS,
        *claim_notices.KINDS,
        *suspended_roles.KINDS,
        *approval_notices.KINDS,
        *kept_notices.KINDS,
    )
):
    add_notice_kind(kind, order=10 + number)
opened_notices.add_kinds()
PERIODIC.add("qualifications that end", qualification_services.see_to_ends)
PERIODIC.add("namings that are looked at again", claim_services.see_to_ends)
PERIODIC.add("grants that end", grant_notices.tell_ends)
ENTRIES.add("writers", enters_the_editor)
RIGHTS.add("communities", RightsOfCommunities())
RULES.add("communities", KeyRule())
OWNERS.add("communities", whose)
GENERAL.add("communities", only_general)
ANSWERS.add("kept texts", refusing.answer)
TIDYINGS.add("texts that were kept for somebody", kept_texts.tidy)
