"""Who gets what at the addresses of ``accounts``."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Invitation, OutsideStay
from accounts.scim.models import Directory
from people.choices import PersonKind
from tests.factories import PersonFactory
from tests.visibility.rows import (
    ANYBODY,
    HAVE_NONE,
    HELPED,
    HUB_TEAM_ALONE,
    NO_ONE,
    NOT_EVEN_MEMBERS,
    STRANGERS,
    THEN_SENT_ON,
    WHO_SIGNED_IN,
    Row,
    by_hub_team,
    same,
)
from tests.visibility.world import MARKER, Shelf


def invited(shelf: Shelf) -> Invitation:
    said = {"email": "somebody@example.org", "word": f"Come for the {MARKER}.", "kind": "resident"}
    return Invitation.objects.get_or_create(community=shelf.community, **said)[0]


def _stay(shelf: Shelf) -> OutsideStay:
    """Somebody from outside, for whom nobody answers yet."""
    terms = {"purpose": f"Grows {MARKER}.", "review_on": timezone.localdate()}
    return OutsideStay.objects.create(person=PersonFactory(resident=True), **terms)


def _leaver(deed: str, method: str = "get") -> Row:
    """What the hub team does with somebody who leaves."""
    answers = HUB_TEAM_ALONE.replace("200", "302") if method == "post" else HUB_TEAM_ALONE
    address = lambda shelf: f"/ways-in/leaving/{shelf.person.slug}/{deed}"  # noqa: E731 (a row wants one)
    return Row(address, *[answers] * 3, method)


def _directory(deed: str, answers: str = HUB_TEAM_ALONE, method: str = "get") -> Row:
    """What the hub team does with a directory that leads to a community."""

    def address(shelf: Shelf) -> str:
        made, _new = Directory.objects.get_or_create(name="Entra", kind=PersonKind.STAFF)
        digest = f"{timezone.now().timestamp()}"
        token = made.tokens.create(name="May", digest=digest, ends=timezone.now() + timedelta(days=9))
        group, _new = made.groups.get_or_create(display_name="Carers")
        mapping, _new = group.mappings.get_or_create(community=shelf.community)
        below = deed.format(token=token.pk, group=f"groups/{group.pk}/", mapping=mapping.pk)
        return f"/ways-in/directories/{'' if '{group}' in deed else f'{made.pk}/'}{below}"

    return Row(address, *[answers] * 3, method)


ADDRESSES: dict[str, Row] = {
    # signing in
    "account/login/": same("/account/login/", STRANGERS),
    "account/logout/": same("/account/logout/", "302 200 200 200 200 200"),
    "account/inactive/": same("/account/inactive/", ANYBODY),
    "account/signup/": same("/account/signup/", STRANGERS),
    "account/kept/": same("/account/kept/", "sign-in 302 302 302 302 302"),
    "account/reauthenticate/": same("/account/reauthenticate/", WHO_SIGNED_IN),
    "account/email/": same("/account/email/", WHO_SIGNED_IN),
    "account/confirm-email/": same("/account/confirm-email/", ANYBODY),
    r"account/^confirm-email/(?P<key>[-:\w]+)/$": same("/account/confirm-email/no-key/", ANYBODY),
    "account/": same("/account/", WHO_SIGNED_IN),
    "account/oidc/cancelled/": same("/account/oidc/cancelled/", ANYBODY),
    "account/oidc/<slug:provider_id>/": same("/account/oidc/nobody/", NO_ONE),
    "account/oidc/<slug:provider_id>/back/": same("/account/oidc/nobody/back/", NO_ONE),
    "account/sessions/": same("/account/sessions/", WHO_SIGNED_IN),
    "account/sessions/<int:pk>/end/": same("/account/sessions/0/end/", THEN_SENT_ON, "post"),
    "account/sessions/elsewhere/end/": same("/account/sessions/elsewhere/end/", THEN_SENT_ON, "post"),
    # a second factor: the pages that change one confirm the password first
    "account/second-factor/": same("/account/second-factor/", WHO_SIGNED_IN),
    "account/second-factor/code/": same("/account/second-factor/code/", THEN_SENT_ON),
    "account/second-factor/again/": same("/account/second-factor/again/", THEN_SENT_ON),
    "account/second-factor/app/": same("/account/second-factor/app/", THEN_SENT_ON),
    "account/second-factor/app/remove/": same("/account/second-factor/app/remove/", HAVE_NONE),
    "account/second-factor/recovery-codes/": same("/account/second-factor/recovery-codes/", HAVE_NONE),
    "account/second-factor/recovery-codes/new/": same("/account/second-factor/recovery-codes/new/", THEN_SENT_ON),
    "account/second-factor/recovery-codes/file/": same("/account/second-factor/recovery-codes/file/", HAVE_NONE),
    "account/second-factor/passkeys/": same("/account/second-factor/passkeys/", THEN_SENT_ON),
    "account/second-factor/passkeys/again/": same("/account/second-factor/passkeys/again/", THEN_SENT_ON),
    "account/second-factor/passkeys/sign-in/": same("/account/second-factor/passkeys/sign-in/", THEN_SENT_ON),
    "account/second-factor/passkeys/<int:pk>/": same("/account/second-factor/passkeys/0/", THEN_SENT_ON),
    "account/second-factor/passkeys/<int:pk>/remove/": same("/account/second-factor/passkeys/0/remove/", THEN_SENT_ON),
    # help for whoever lost theirs: for the hub team
    "ways-in/second-factor/": same("/ways-in/second-factor/", "sign-in 404 404 404 404 200"),
    "ways-in/second-factor/<int:pk>/confirm/": same("/ways-in/second-factor/0/confirm/", HELPED, "post"),
    "ways-in/second-factor/<int:pk>/withdraw/": same("/ways-in/second-factor/0/withdraw/", HELPED, "post"),
    "account/password/change/": same("/account/password/change/", WHO_SIGNED_IN),
    "account/password/set/": same("/account/password/set/", "sign-in 302 302 302 302 302"),
    "account/password/reset/": same("/account/password/reset/", ANYBODY),
    "account/password/reset/done/": same("/account/password/reset/done/", ANYBODY),
    r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": same(
        "/account/password/reset/key/1-no-key/", ANYBODY
    ),
    "account/password/reset/key/done/": same("/account/password/reset/key/done/", ANYBODY),
    # people who leave: the hub team sees to it, and each reads what came to them
    "account/received/": same("/account/received/", WHO_SIGNED_IN),
    "ways-in/leaving/": same("/ways-in/leaving/", HUB_TEAM_ALONE),
    "ways-in/leaving/<slug:slug>/": _leaver(""),
    "ways-in/leaving/<slug:slug>/people/": _leaver("people/"),
    "ways-in/leaving/<slug:slug>/give/": _leaver("give/", "post"),
    "ways-in/leaving/<slug:slug>/last-day/": _leaver("last-day/", "post"),
    "ways-in/leaving/<slug:slug>/rest/": _leaver("rest/", "post"),
    "ways-in/leaving/<slug:slug>/switch-off/": _leaver("switch-off/", "post"),
    "ways-in/leaving/<slug:slug>/bring-back/": _leaver("bring-back/", "post"),
    # directories: the hub team sets them up, and they sign in with tokens and with nothing else
    "ways-in/directories/": same("/ways-in/directories/", HUB_TEAM_ALONE),
    "ways-in/directories/<int:pk>/": _directory(""),
    "ways-in/directories/<int:pk>/token/": _directory("token/", "sign-in 404 404 404 404 302"),
    "ways-in/directories/<int:pk>/tokens/<int:token>/withdraw/": _directory(
        "tokens/{token}/withdraw/", "sign-in 404 404 404 404 302", "post"
    ),
    "ways-in/directories/groups/<uuid:pk>/": _directory("{group}"),
    "ways-in/directories/groups/<uuid:pk>/<int:mapping>/remove/": _directory(
        "{group}{mapping}/remove/", "sign-in 404 404 404 404 302", "post"
    ),
    **{
        f"scim/v2/{name}": same(f"/scim/v2/{address}", "401 401 401 401 401 401")
        for name, address in {
            "ServiceProviderConfig": "ServiceProviderConfig",
            "ResourceTypes": "ResourceTypes",
            "ResourceTypes/<str:name>": "ResourceTypes/User",
            "Schemas": "Schemas",
            "Schemas/<str:name>": "Schemas/User",
            "Users": "Users",
            "Users/<uuid:pk>": "Users/00000000-0000-4000-8000-000000000000",
            "Groups": "Groups",
            "Groups/<uuid:pk>": "Groups/00000000-0000-4000-8000-000000000000",
            "^(?P<path>.*)$": "Bulk",
        }.items()
    },
    # what is held of one: whoever was not asked again who they are is, before they see or get any of it
    "account/held/": same("/account/held/", WHO_SIGNED_IN),
    **{
        f"account/held/{place}/": same(f"/account/held/{place}/", "sign-in 302 302 302 302 302", method)
        for place, method in {"copy": "get", "copy/zip": "get", "erasure": "get", "erasure/withdraw": "post"}.items()
    },
    "ways-in/erasures/": same("/ways-in/erasures/", HUB_TEAM_ALONE),
    "ways-in/erasures/<slug:slug>/": Row(
        lambda shelf: f"/ways-in/erasures/{shelf.person.slug}/", *["sign-in 404 404 404 404 302"] * 3
    ),
    # ways in
    "account/invitation/<str:token>/": same("/account/invitation/no-token/", NO_ONE),
    "ways-in/invitations/": by_hub_team(lambda _shelf: "/ways-in/invitations/"),
    "ways-in/invitations/new/": by_hub_team(lambda _shelf: "/ways-in/invitations/new/"),
    "ways-in/invitations/<int:pk>/again/": by_hub_team(
        lambda shelf: f"/ways-in/invitations/{invited(shelf).pk}/again/", "post"
    ),
    "ways-in/invitations/<int:pk>/withdraw/": by_hub_team(
        lambda shelf: f"/ways-in/invitations/{invited(shelf).pk}/withdraw/", "post"
    ),
    "ways-in/people/": by_hub_team(lambda _shelf: "/ways-in/people/"),
    "ways-in/people/<int:pk>/": same("/ways-in/people/0/", NOT_EVEN_MEMBERS),
    "ways-in/stays/": by_hub_team(lambda _shelf: "/ways-in/stays/"),
    "ways-in/stays/<int:pk>/": by_hub_team(lambda shelf: f"/ways-in/stays/{_stay(shelf).pk}/"),
}
