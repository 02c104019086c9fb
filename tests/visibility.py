"""The table of who gets what at every address, and a hub with one thing of each kind for each audience.

``tests/test_visibility_matrix.py`` holds the hub to the table; other tests walk the same addresses looking for
something else: a private word, a missing header.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from accounts.models import Invitation, OutsideStay
from accounts.scim.models import Directory
from communities.models import (
    FACILITATOR as LOOKS_AFTER,
    Award,
    CommunityPage,
    Grant,
    Holding,
    Membership,
    Qualification,
    Role,
    State,
)
from conversations import services as conversations
from conversations.choices import Kind, Reason
from conversations.models import Case, Conversation
from conversations.moderation import services as moderation
from core.audiences import Audience
from core.models import HubDocument, HubImage, Topic
from core.notices import Timing
from core.outbox import drain, emit
from core.secret_urls import signed
from home.scaffold import prepare_hub
from indexing.documents import key_of
from knowledge.files import services as files
from knowledge.models import GuidancePage
from notifications.mail import stopping
from notifications.models import Happening
from people.choices import Kind as PersonKind
from people.models import Absence, User
from reading.models import SavedSearch
from reading.searches import listings, services as saved
from reports import services
from reports.finding import Meant
from reports.mail import PURPOSE
from reports.models import Report
from search.query import Query
from stories.models import StoryPage
from stories.named.choices import State as Consent
from stories.named.models import NamedPerson
from surgeries.models import LeftOut, Pattern, Session, SurgeryPage
from tests.conftest import browse
from tests.factories import (
    CommunityFactory,
    GuidanceFactory,
    PersonFactory,
    SessionFactory,
    StoryFactory,
    SurgeryFactory,
    make_member,
    tell,
)
from thanks import services as thanks
from thanks.things import Thing, document_of

MARKER = "quillwort"
"""A word that stands in every private thing of the hub, and nowhere else."""


# -- the hub -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Shelf:
    """One thing of each kind, all for one audience."""

    community: CommunityPage
    story: StoryPage
    guidance: GuidancePage
    surgery: SurgeryPage
    session: Session
    person: User
    asked: Membership
    image: HubImage
    document: HubDocument
    conversation: Conversation

    @property
    def picture(self) -> str:
        """The address of one size of the picture."""
        return str(self.image.get_rendition("width-50").url)


@dataclass(frozen=True)
class World:
    """Three shelves, and the cast looking at them."""

    public: Shelf
    organisation: Shelf
    private: Shelf
    cast: dict[str, User | None]

    def browser(self, name: str) -> Client:
        return browse(self.cast[name])


def build_world() -> World:
    """A hub with one thing of each kind for everyone, for the organisation and for one community's members."""
    prepare_hub()
    public, organisation = _shelf("Lantern", Audience.EVERYONE), _shelf("Ledger", Audience.ORGANISATION)
    private = _shelf(MARKER.title(), Audience.MEMBERS)
    cast = {
        "nobody": None,
        "carys": PersonFactory(first_name="Carys", last_name="Hughes"),
        "bryn": PersonFactory(first_name="Bryn", last_name="Powell"),
        "asha": PersonFactory(first_name="Asha", last_name="Okafor"),
        "dev": PersonFactory(first_name="Dev", last_name="Anand", resident=True),
        "hub_team": User.objects.create_superuser("hub.team@example.org", "a long enough password"),
    }
    make_member(cast["asha"], public.community, LOOKS_AFTER)
    make_member(cast["bryn"], public.community)
    make_member(cast["dev"], private.community)
    return World(public, organisation, private, cast)


def _shelf(word: str, audience: Audience) -> Shelf:
    """One thing of each kind, with ``word`` in all that can be read of it."""
    topic = Topic.objects.create(name=f"{word} lore", slug=f"{word.lower()}-lore", summary=f"All about {word}.")
    common = {"audience": audience, "summary": f"A summary with {word}."}
    community = CommunityFactory(
        title=f"{word} folk", slug=f"{word.lower()}-folk", purpose=f"To grow {word}.", **common
    )
    person = _person(word, audience, topic, community)
    body = f"<p>Everything about {word}.</p>"
    story = StoryFactory(title=f"{word} story", need=body, slug=f"{word.lower()}-story", community=community, **common)
    guidance = GuidanceFactory(
        title=f"{word} guidance", slug=f"{word.lower()}-guidance", community=community, checked_by=person, **common
    )
    surgery = SurgeryFactory(title=f"{word} surgery", slug=f"{word.lower()}-surgery", community=community, **common)
    session = SessionFactory(surgery=surgery, title=f"{word} session", body=body, place=f"{word} hall")
    today = timezone.localdate()
    times = {"first": today, "begins": time(10), "ends": time(11), "made_until": today + timedelta(days=400)}
    Pattern.objects.create(surgery=surgery, place=f"{word} hall", **times)
    session.mentors.add(person)
    for page in (community, tell(story, person), guidance, surgery):
        page.topics.add(topic)
        page.save()
    asked = make_member(PersonFactory(first_name=f"Asker{word}", audience=audience), community, state=State.ASKED)
    image, file = _image(word, audience), _file(word, audience)
    talk = _conversation(word, audience, community, person)
    words = f"Your story of {word} helped me."
    thanks.show(thanks.give(asked.person, person, words, thing=_thing(story)))
    moderation.report(talk.posts.get(number=2), asked.person, Reason.OTHER, f"{word} does not grow there.")
    return Shelf(community, story, guidance, surgery, session, person, asked, image, file, talk)


def _conversation(word: str, audience: Audience, community: CommunityPage, person: User) -> Conversation:
    """A question with its answer, both by somebody who is none of the cast."""
    said = {"title": f"{word} question", "text": f"Where does {word} grow?", "audience": audience}
    talk = conversations.begin(community, Kind.QUESTION, by=person, key=uuid4(), **said)
    conversations.reply(talk, f"{word} grows by the water.", person, key=uuid4(), seen=1)
    return talk


def _thing(story: StoryPage) -> Thing:
    """The story, as somebody can be thanked for it."""
    document = document_of(key_of(story))
    assert document is not None
    return Thing(document.key, document.title, document.url, document.topics, document.people)


def _to_thank(shelf: Shelf) -> str:
    return f"/thanks/give/?for={key_of(shelf.story)}"


def _thanks(deed: str) -> Callable[[Shelf], str]:
    """What is done with thanks by the two whom they concern, none of the cast."""
    return lambda shelf: f"/thanks/{shelf.person.thanks_received.get().pk}/{deed}/"


def _post(deed: str) -> Callable[[Shelf], str]:
    """Where somebody does something with the answer."""
    return lambda shelf: f"/conversations/posts/{shelf.conversation.posts.get(number=2).pk}/{deed}/"


def _talk(deed: str = "") -> Callable[[Shelf], str]:
    return lambda shelf: f"/conversations/{shelf.conversation.pk}/{deed}"


def _person(word: str, audience: Audience, topic: Topic, community: CommunityPage) -> User:
    person: User = PersonFactory(first_name=word, last_name="Reader", about=f"Reads {word}.", audience=audience)
    person.skills.add(topic)
    make_member(person, community)
    return person


def _image(word: str, audience: Audience) -> HubImage:
    file = get_test_image_file(filename=f"{word.lower()}.png")
    image: HubImage = get_image_model().objects.create(title=f"{word} picture", file=file, audience=audience)
    return image


def _file(word: str, audience: Audience) -> HubDocument:
    file = ContentFile(f"A file about {word}.", name=f"{word.lower()}.txt")
    document: HubDocument = get_document_model().objects.create(title=f"{word} file", file=file, audience=audience)
    files.read(document.pk)
    return document


# -- the table ---------------------------------------------------------------------------------------------------------
AUDIENCES = ("public", "organisation", "private")
VIEWERS = ("nobody", "carys", "bryn", "asha", "dev", "hub_team")
"""Nobody is not signed in; Carys belongs to nothing; Bryn is a member and Asha a facilitator of the public community;
Dev is a resident and a member of the private one; the hub's team are members of nothing."""

ANYBODY = "200 200 200 200 200 200"
INSIDERS = "404 200 200 200 404 200"
MEMBERS = "404 404 404 404 200 404"
NO_ONE = "404 404 404 404 404 404"
WHO_SIGNED_IN = "sign-in 200 200 200 200 200"
SIGNED_IN_INSIDERS = "sign-in 200 200 200 404 200"
SIGNED_IN_MEMBERS = "sign-in 404 404 404 200 404"
FACILITATOR = "sign-in 404 404 302 404 404"
NOT_EVEN_MEMBERS = "sign-in 404 404 404 404 404"
HUB_TEAM_ALONE = "sign-in 404 404 404 404 200"
HUB_TEAM = "sign-in sign-in sign-in sign-in sign-in 200"
EDITORS = "sign-in sign-in sign-in 200 sign-in 200"
TO_SIGN_IN = "sign-in sign-in sign-in sign-in sign-in sign-in"
STRANGERS = "200 302 302 302 302 302"
THEN_SENT_ON = "sign-in 302 302 302 302 302"
HAVE_NONE = "sign-in 404 404 404 404 404"
HELPED = "sign-in 404 404 404 404 302"

WRITERS = ("sign-in 404 404 200 404 200", "sign-in 404 404 404 404 200", NOT_EVEN_MEMBERS)
"""Whoever may write what a community says: its facilitators, and the hub team where they may see the community."""

DONE_BY_WRITERS = tuple(answer.replace("200", "302") for answer in WRITERS)
DONE_BY_READERS = tuple(row.replace("200", "302") for row in (WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS))


def _posted(status: str) -> list[str]:
    """As ``WRITERS``; a member reads why not, because the right may have ended while they wrote."""
    public, organisation, private = (answers.replace("200", status) for answers in WRITERS)
    return [
        public.replace("404 404", "404 403", 1),
        organisation,
        private.replace("404 404 404 404", "404 404 404 403"),
    ]


@dataclass(frozen=True)
class Row:
    """What each viewer gets at one address, for a thing of each audience."""

    address: Callable[[Shelf], str]
    public: str
    organisation: str
    private: str
    method: str = "get"
    data: tuple[tuple[str, str], ...] = ()
    shared: bool = False

    @property
    def audiences(self) -> tuple[str, ...]:
        """The shelves to ask for; one is enough where nothing private stands behind the address."""
        return ("public",) if self.shared else AUDIENCES

    def ask(self, browser: Client, shelf: Shelf) -> Any:
        """The response; ``data`` is posted where the method is."""
        return getattr(browser, self.method)(self.address(shelf), dict(self.data) or None)


def _named(shelf: Shelf) -> NamedPerson:
    """Somebody whom the story names, and who was asked."""
    said = {"story": shelf.story, "name": MARKER, "instead": "a resident", "state": Consent.ASKED}
    return NamedPerson.objects.get_or_create(key=shelf.story.consent_key, person=shelf.person, defaults=said)[0]


def same(address: str, answers: str, method: str = "get") -> Row:
    """An address with nothing private behind it."""
    return Row(lambda _shelf: address, answers, answers, answers, method, shared=True)


def _foreign_role(shelf: Shelf) -> Holding:
    """Somebody else's, which only they answer."""
    return make_member(PersonFactory(), shelf.community, LOOKS_AFTER).holdings.get()


def by_audience(address: Callable[[Shelf], str]) -> Row:
    """A thing that is read by its audience."""
    return Row(address, ANYBODY, INSIDERS, MEMBERS)


def by_facilitator(address: Callable[[Shelf], str], facilitator: str = FACILITATOR, **data: str) -> Row:
    """Something that only the community's facilitators do."""
    return Row(address, facilitator, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, "post", tuple(data.items()))


def by_facilitator_or_hub_team(address: Callable[[Shelf], str], **data: str) -> Row:
    """What facilitators do in their community, and the hub team in every one."""
    others = "sign-in 404 404 404 404 302"
    return Row(address, "sign-in 404 404 302 404 302", others, others, "post", tuple(data.items()))


def by_hub_team(address: Callable[[Shelf], str], method: str = "get") -> Row:
    """What only those do who run the hub."""
    answers = HUB_TEAM_ALONE.replace("200", "302") if method == "post" else HUB_TEAM_ALONE
    return Row(address, answers, answers, answers, method, shared=True)


def by_whoever_answers(address: Callable[[Shelf], str]) -> Row:
    """What facilitators do, and the hub team where there are none."""
    others = "sign-in 404 404 404 404 302"
    return Row(address, FACILITATOR, others, others, "post")


def _asked(shelf: Shelf) -> Membership:
    """Somebody new who asks to join: each viewer answers one of their own."""
    return make_member(PersonFactory(), shelf.community, state=State.ASKED)


def _invited(shelf: Shelf) -> Invitation:
    said = {"email": "somebody@example.org", "word": f"Come for the {MARKER}.", "kind": "resident"}
    return Invitation.objects.get_or_create(community=shelf.community, **said)[0]


def _stay(shelf: Shelf) -> OutsideStay:
    """Somebody from outside, for whom nobody answers yet."""
    terms = {"purpose": f"Grows {MARKER}.", "review_on": timezone.localdate()}
    return OutsideStay.objects.create(person=PersonFactory(resident=True), **terms)


def _removed(shelf: Shelf) -> Membership:
    """A membership that was ended, with a reason that only its person reads."""
    ended = {"state": State.ENDED, "until": timezone.now(), "reason": "Moved away."}
    return Membership.objects.create(community=shelf.community, person=PersonFactory(), **ended)


def _date_deed(deed: str) -> Callable[[Shelf], str]:
    return lambda shelf: f"{shelf.session.url}{deed}/"


def _left_out(shelf: Shelf) -> LeftOut:
    """A day on which the surgery is not held."""
    day = timezone.localdate() + timedelta(days=7)
    return LeftOut.objects.get_or_create(pattern=shelf.surgery.patterns.get(), date=day)[0]


def _reading(deed: str) -> Callable[[Shelf], str]:
    """Where somebody does something with the story, for themselves."""
    return lambda shelf: f"/reading/{deed}/stories.storypage:{shelf.story.pk}/"


def by_reader(deed: str) -> Row:
    """Something that whoever is signed in does with a thing that they may see."""
    return Row(_reading(deed), *DONE_BY_READERS, "post")


def saved_search_of(person: User, text: str = "folk story") -> SavedSearch:
    """A search that ``person`` has saved."""
    return saved.save(person, Query(text))


def _saved(deed: str) -> Row:
    """What only the owner of a saved search does with it."""
    address = lambda shelf: f"/reading/searches/{saved_search_of(shelf.person).pk}/{deed}/"  # noqa: E731 (a row wants one)
    return Row(address, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, "post")


def _absence(deed: str, method: str = "post") -> Row:
    """What only whoever is away, or their stand-in, does with an absence."""

    def address(shelf: Shelf) -> str:
        absence, _made = Absence.objects.get_or_create(person=shelf.person, first=timezone.localdate())
        return f"/people/me/away/{absence.pk}/{deed}"

    return Row(address, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, NOT_EVEN_MEMBERS, method)


def _report(deed: str) -> Row:
    """What the facilitators of a story's community and the hub team do with a report on it."""
    address = lambda shelf: f"{reported(shelf.story).get_absolute_url()}{deed}"  # noqa: E731 (a row wants one)
    answers = ("sign-in 404 404 200 404 200", "sign-in 404 404 404 404 200", "sign-in 404 404 404 404 200")
    if deed:
        return Row(address, *(answer.replace("200", "302") for answer in answers), "post")
    return Row(address, *answers)


def reported(page: Any) -> Report:
    """A report by somebody who is not signed in."""
    return services.send(Meant(page.url, page.title, page), "The opening hours are wrong.", "", None)


def _proof(shelf: Shelf) -> str:
    """The link that asks whether an address is its reporter's; whoever has it was sent it."""
    told = services.send(Meant(), "The opening hours are wrong.", "reporter@example.org", None)
    return f"/report/hear/{signed(str(told.pk), PURPOSE)}/"


def _leaver(deed: str, method: str = "get") -> Row:
    """What the hub team does with somebody who leaves."""
    answers = HUB_TEAM_ALONE.replace("200", "302") if method == "post" else HUB_TEAM_ALONE
    address = lambda shelf: f"/ways-in/leaving/{shelf.person.slug}/{deed}"  # noqa: E731 (a row wants one)
    return Row(address, *[answers] * 3, method)


def _notice(shelf: Shelf) -> str:
    """That somebody asks to join, told to those who answer there."""
    emit("communities.asked", shelf.asked)
    drain("notices")
    return f"/inbox/{Happening.objects.latest('pk').pk}/"


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


def by_verifiers(address: Callable[[Shelf], str]) -> Row:
    """Evidence is for its person, for the stewards where a role demands it, and for the hub team."""
    return Row(address, "sign-in 404 404 200 404 200", *[HUB_TEAM_ALONE] * 2)


TABLE: dict[str, Row] = {
    # the editor and Django's admin: third-party trees, one row each
    "admin/login/": same("/admin/login/", "sign-in 404 404 302 404 302"),
    "admin/account/": same("/admin/account/", EDITORS),
    r"^admin/tag-autocomplete/(?:core/topic/)?$": same("/admin/tag-autocomplete/", EDITORS),
    "admin/pages/": same("/admin/pages/", "sign-in sign-in sign-in 302 sign-in 200"),
    "admin/": same("/admin/", EDITORS),
    "django-admin/login/": same("/django-admin/login/", "sign-in 404 404 404 404 302"),
    "django-admin/": same("/django-admin/", HUB_TEAM),
    "_util/login/": same("/_util/login/", TO_SIGN_IN),
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
    # files and pictures; one "for members" belongs to no community, so that nobody has it
    r"documents/^(\d+)/(.*)$": Row(lambda shelf: shelf.document.url, ANYBODY, INSIDERS, NO_ONE),
    "documents/authenticate_with_password/<int:restriction_id>/": same(
        "/documents/authenticate_with_password/1/", NO_ONE
    ),
    "^media/(?P<path>.+)$": Row(lambda shelf: shelf.picture, ANYBODY, INSIDERS, NO_ONE),
    # people
    "people/": same("/people/", ANYBODY),
    "people/me/": same("/people/me/", WHO_SIGNED_IN),
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
    "people/me/job-description/": same("/people/me/job-description/", WHO_SIGNED_IN),
    "people/me/job-description/print/": same("/people/me/job-description/print/", WHO_SIGNED_IN),
    "people/me/job-description/job-description.pdf": same(
        "/people/me/job-description/job-description.pdf", WHO_SIGNED_IN
    ),
    "job-descriptions/": by_hub_team(lambda _shelf: "/job-descriptions/"),
    "people/me/away/": same("/people/me/away/", WHO_SIGNED_IN),
    "people/me/away/<int:pk>/": _absence("", "get"),
    **{
        f"people/me/away/<int:pk>/{deed}/": _absence(f"{deed}/")
        for deed in ("withdraw", "bring-back", "back", "decline")
    },
    "people/me/calendar/": same("/people/me/calendar/", "sign-in 302 302 302 302 302", "post"),
    "people/who-knows/": same("/people/who-knows/?q=lantern", ANYBODY),
    "people/<slug:slug>/": by_audience(lambda shelf: shelf.person.get_absolute_url()),
    "topics/<any_slug:slug>/": by_audience(lambda shelf: f"/topics/{shelf.person.skills.get().slug}/"),
    # communities
    # telling stories
    "thanks/": same("/thanks/", WHO_SIGNED_IN),
    "thanks/give/": Row(_to_thank, WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS),
    "thanks/<int:pk>/show/": Row(_thanks("show"), *[NOT_EVEN_MEMBERS] * 3, "post"),
    "thanks/<int:pk>/take-back/": Row(_thanks("take-back"), *[NOT_EVEN_MEMBERS] * 3),
    "conversations/": same("/conversations/?only=all", ANYBODY),
    "conversations/ask/": same("/conversations/ask/?about=lantern+beans", WHO_SIGNED_IN),
    "conversations/in/<any_slug:slug>/": by_audience(lambda shelf: f"/conversations/in/{shelf.community.slug}/"),
    "conversations/in/<any_slug:slug>/new/": Row(
        lambda shelf: f"/conversations/in/{shelf.community.slug}/new/",
        *(WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS),
    ),
    "conversations/<int:pk>/": by_audience(_talk()),
    "conversations/<int:pk>/since/<int:number>/": by_audience(_talk("since/0/")),
    "conversations/<int:pk>/new/": Row(_talk("new/"), *DONE_BY_READERS),
    "conversations/<int:pk>/follow/<slug:level>/": Row(_talk("follow/mute/"), *DONE_BY_READERS, "post"),
    "conversations/<int:pk>/close/": Row(_talk("close/"), *WRITERS),
    "conversations/<int:pk>/reopen/": Row(_talk("reopen/"), *DONE_BY_WRITERS, "post"),
    "conversations/<int:pk>/pin/": Row(_talk("pin/"), *DONE_BY_WRITERS, "post"),
    "conversations/posts/<int:pk>/changes/": by_audience(_post("changes")),
    "conversations/posts/<int:pk>/edit/": Row(_post("edit"), *[NOT_EVEN_MEMBERS] * 3),
    "conversations/posts/<int:pk>/remove/": Row(_post("remove"), *WRITERS),
    "conversations/posts/<int:pk>/put-back/": Row(_post("put-back"), *[NOT_EVEN_MEMBERS] * 3, "post"),
    "conversations/posts/<int:pk>/answer/": Row(_post("answer"), *DONE_BY_WRITERS, "post"),
    "conversations/posts/<int:pk>/say/<slug:feeling>/": Row(_post("say/thanks"), *DONE_BY_READERS, "post"),
    "conversations/posts/<int:pk>/flag/": Row(_post("flag"), *(WHO_SIGNED_IN, SIGNED_IN_INSIDERS, SIGNED_IN_MEMBERS)),
    "conversations/posts/<int:pk>/appeal/": Row(_post("appeal"), *[NOT_EVEN_MEMBERS] * 3),
    "conversations/reports/": same("/conversations/reports/", "sign-in 404 404 200 404 200"),
    "conversations/reports/<int:pk>/": Row(
        lambda shelf: Case.objects.get(post__conversation=shelf.conversation).get_absolute_url(),
        *("sign-in 404 404 200 404 404", HUB_TEAM_ALONE, HUB_TEAM_ALONE),
    ),
    "stories/writing/": same("/stories/writing/", WHO_SIGNED_IN),
    "stories/writing/new/<any_slug:slug>/": Row(
        lambda shelf: f"/stories/writing/new/{shelf.community.slug}/", *WRITERS
    ),
    "stories/writing/<int:pk>/": Row(lambda shelf: f"/stories/writing/{shelf.story.pk}/", *WRITERS),
    "stories/writing/<int:pk>/preview/": Row(lambda shelf: f"/stories/writing/{shelf.story.pk}/preview/", *WRITERS),
    "stories/writing/<int:pk>/take-back/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/take-back/",
        *(answers.replace("200", "302") for answers in WRITERS),
        "post",
    ),
    "stories/writing/<int:pk>/back/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/back/",
        *(answers.replace("200", "302") for answers in WRITERS),
        "post",
    ),
    "stories/writing/<int:pk>/names/": Row(lambda shelf: f"/stories/writing/{shelf.story.pk}/names/", *WRITERS),
    "stories/writing/<int:pk>/names/ask/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/names/ask/",
        *(answers.replace("200", "302") for answers in WRITERS),
        "post",
    ),
    "stories/writing/<int:pk>/names/<int:named_pk>/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/names/{_named(shelf).pk}/", *WRITERS
    ),
    "stories/writing/<int:pk>/names/<int:named_pk>/out/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/names/{_named(shelf).pk}/out/", *WRITERS
    ),
    "stories/consent/": same("/stories/consent/", WHO_SIGNED_IN),
    "stories/consent/<int:pk>/": Row(
        lambda shelf: f"/stories/consent/{_named(shelf).pk}/", HAVE_NONE, HAVE_NONE, HAVE_NONE
    ),
    "stories/consent/<int:pk>/withdraw/": Row(
        lambda shelf: f"/stories/consent/{_named(shelf).pk}/withdraw/", HAVE_NONE, HAVE_NONE, HAVE_NONE, "post"
    ),
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
    "communities/<any_slug:slug>/approval/": by_facilitator(
        lambda shelf: _community(shelf, "approval/"), rule="nothing"
    ),
    "communities/<any_slug:slug>/members/invite/": by_facilitator(
        lambda shelf: _community(shelf, "members/invite/"), addresses="nobody@example.org", kind="staff"
    ),
    "communities/<any_slug:slug>/members/invited/<int:pk>/again/": by_facilitator(
        lambda shelf: _community(shelf, f"members/invited/{_invited(shelf).pk}/again/")
    ),
    "communities/<any_slug:slug>/members/invited/<int:pk>/withdraw/": by_facilitator(
        lambda shelf: _community(shelf, f"members/invited/{_invited(shelf).pk}/withdraw/")
    ),
    # ways in
    "account/invitation/<str:token>/": same("/account/invitation/no-token/", NO_ONE),
    "ways-in/invitations/": by_hub_team(lambda _shelf: "/ways-in/invitations/"),
    "ways-in/invitations/new/": by_hub_team(lambda _shelf: "/ways-in/invitations/new/"),
    "ways-in/invitations/<int:pk>/again/": by_hub_team(
        lambda shelf: f"/ways-in/invitations/{_invited(shelf).pk}/again/", "post"
    ),
    "ways-in/invitations/<int:pk>/withdraw/": by_hub_team(
        lambda shelf: f"/ways-in/invitations/{_invited(shelf).pk}/withdraw/", "post"
    ),
    "ways-in/people/": by_hub_team(lambda _shelf: "/ways-in/people/"),
    "ways-in/people/<int:pk>/": same("/ways-in/people/0/", NOT_EVEN_MEMBERS),
    "ways-in/stays/": by_hub_team(lambda _shelf: "/ways-in/stays/"),
    "ways-in/stays/<int:pk>/": by_hub_team(lambda shelf: f"/ways-in/stays/{_stay(shelf).pk}/"),
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
    "qualifications/<int:pk>/take-back/": Row(_award("take-back/"), *[NOT_EVEN_MEMBERS] * 3, "post"),
    # surgeries
    "surgeries/sessions/<int:pk>/": by_audience(lambda shelf: shelf.session.url),
    "surgeries/sessions/<int:pk>/session.ics": by_audience(lambda shelf: shelf.session.ics_url),
    "surgeries/sessions/<int:pk>/change/": Row(lambda shelf: f"{shelf.session.url}change/", *WRITERS),
    **{
        f"surgeries/sessions/<int:pk>/{deed}/": Row(_date_deed(deed), *_posted(status), "post")
        for deed, status in (("cancel", "422"), ("restore", "302"))
    },
    "surgeries/<int:pk>/dates/": Row(lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/", *WRITERS),
    "surgeries/<int:pk>/dates/add/": Row(lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/add/", *WRITERS),
    "surgeries/<int:pk>/dates/pattern/": Row(lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/pattern/", *WRITERS),
    "surgeries/<int:pk>/dates/pattern/<int:number>/": Row(
        lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/pattern/{shelf.surgery.patterns.get().pk}/", *WRITERS
    ),
    "surgeries/<int:pk>/dates/left-out/<int:number>/": Row(
        lambda shelf: f"/surgeries/{shelf.surgery.pk}/dates/left-out/{_left_out(shelf).pk}/", *_posted("302"), "post"
    ),
    "surgeries/writing/": same("/surgeries/writing/", WHO_SIGNED_IN),
    "surgeries/writing/new/<any_slug:slug>/": Row(
        lambda shelf: f"/surgeries/writing/new/{shelf.community.slug}/", *WRITERS
    ),
    "surgeries/writing/<int:pk>/": Row(lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/", *WRITERS),
    "surgeries/writing/<int:pk>/preview/": Row(
        lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/preview/", *WRITERS
    ),
    "surgeries/writing/<int:pk>/take-back/": Row(
        lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/take-back/", *_posted("302"), "post"
    ),
    "surgeries/writing/<int:pk>/back/": Row(
        lambda shelf: f"/surgeries/writing/{shelf.surgery.pk}/back/", *_posted("302"), "post"
    ),
    "surgeries/calendar.ics": same("/surgeries/calendar.ics", ANYBODY),
    "surgeries/calendar/<str:key>.ics": Row(
        lambda shelf: f"/surgeries/calendar/{shelf.person.calendar_key}.ics", ANYBODY, ANYBODY, ANYBODY
    ),
    # one's own reading
    "reading/": same("/reading/", WHO_SIGNED_IN),
    "reading/saved/": same("/reading/saved/", WHO_SIGNED_IN),
    "reading/clear/": same("/reading/clear/", "sign-in 302 302 302 302 302", "post"),
    "reading/switch/": same("/reading/switch/", "sign-in 302 302 302 302 302", "post"),
    "reading/saved/gone/": same("/reading/saved/gone/", "sign-in 302 302 302 302 302", "post"),
    "reading/save/<thing_key:key>/": by_reader("save"),
    "reading/unsave/<thing_key:key>/": Row(_reading("unsave"), *["sign-in 302 302 302 302 302"] * 3, "post"),
    "reading/forget/<thing_key:key>/": Row(_reading("forget"), *["sign-in 302 302 302 302 302"] * 3, "post"),
    "reading/dismiss/<thing_key:key>/": by_reader("dismiss"),
    "reading/restore/<thing_key:key>/": Row(_reading("restore"), *["sign-in 302 302 302 302 302"] * 3, "post"),
    "reading/restore/": same("/reading/restore/", "sign-in 302 302 302 302 302", "post"),
    "reading/opened/<thing_key:key>/": Row(
        _reading("opened"), *("204 204 204 204 204 204", "204 204 204 204 404 204", "204 404 404 404 204 404"), "post"
    ),
    # what a phone asks for
    "manifest.webmanifest": same("/manifest.webmanifest", ANYBODY),
    "sw.js": same("/sw.js", ANYBODY),
    "offline/": same("/offline/", ANYBODY),
    "on-your-phone/": same("/on-your-phone/", ANYBODY),
    "icons/<slug:digest>/<slug:name>.png": same("/icons/of-long-ago/small.png", "302 302 302 302 302 302"),
    # the first hour of a hub
    "first-hour/": same("/first-hour/", HUB_TEAM_ALONE),
    "first-hour/confirm/": Row(
        lambda _shelf: "/first-hour/confirm/", *["sign-in 404 404 404 404 302"] * 3, "post", (("step", "privacy"),)
    ),
    "first-hour/aside/": same("/first-hour/aside/", "sign-in 404 404 404 404 302", "post"),
    "first-hour/mail/": same("/first-hour/mail/", "sign-in 404 404 404 404 302", "post"),
    "first-hour/mail/<str:key>/": same("/first-hour/mail/of-somebody-else/", NO_ONE),
    # the inbox
    "inbox/": same("/inbox/", WHO_SIGNED_IN),
    "inbox/new/": same("/inbox/new/", "403 200 200 200 200 200"),
    "inbox/read/": same("/inbox/read/", "sign-in 302 302 302 302 302", "post"),
    "inbox/mail/stop/<str:word>/": Row(
        lambda shelf: f"/inbox/mail/stop/{stopping.signed(shelf.person, Timing.WEEKLY)}/", ANYBODY, ANYBODY, ANYBODY
    ),
    "inbox/take-back/": same("/inbox/take-back/", "sign-in 302 302 302 302 302", "post"),
    "inbox/settings/": same("/inbox/settings/", WHO_SIGNED_IN),
    "inbox/level/<any_slug:slug>/": Row(
        lambda shelf: f"/inbox/level/{shelf.community.slug}/",
        "sign-in 404 302 302 404 404",
        NOT_EVEN_MEMBERS,
        "sign-in 404 404 404 302 404",
        "post",
    ),
    "inbox/<int:pk>/": Row(_notice, "sign-in 404 404 302 404 404", "sign-in 404 404 404 404 302", NOT_EVEN_MEMBERS),
    # guidance
    "guidance/due/": same("/guidance/due/", WHO_SIGNED_IN),
    "guidance/writing/": same("/guidance/writing/", WHO_SIGNED_IN),
    "guidance/writing/new/<any_slug:slug>/": Row(
        lambda shelf: f"/guidance/writing/new/{shelf.community.slug}/", *WRITERS
    ),
    "guidance/writing/<int:pk>/": Row(lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/", *WRITERS),
    "guidance/writing/<int:pk>/preview/": Row(
        lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/preview/", *WRITERS
    ),
    "guidance/writing/<int:pk>/take-back/": Row(
        lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/take-back/", *_posted("302"), "post"
    ),
    "guidance/writing/<int:pk>/back/": Row(
        lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/back/", *_posted("302"), "post"
    ),
    "guidance/<any_slug:slug>/checked/": Row(
        lambda shelf: f"/guidance/{shelf.guidance.slug}/checked/",
        "sign-in 404 404 302 404 302",
        "sign-in 404 404 404 404 302",
        NOT_EVEN_MEMBERS,
        "post",
    ),
    # what is wrong with a page
    "report/": same("/report/", ANYBODY),
    "report/hear/<str:key>/": Row(_proof, ANYBODY, ANYBODY, ANYBODY),
    "report/<int:pk>/": _report(""),
    "report/<int:pk>/hide/": _report("hide/"),
    "report/<int:pk>/show-again/": _report("show-again/"),
    # what is the same for everybody
    "search/": same("/search/?q=lantern", ANYBODY),
    "search/opened/": same("/search/opened/", "204 204 204 204 204 204", method="post"),
    "search/suggestions/": same("/search/suggestions/?q=lantern", ANYBODY),
    "search/near/": Row(
        lambda _shelf: "/search/near/",
        ANYBODY,
        ANYBODY,
        ANYBODY,
        "post",
        (("text", "lantern folk story"),),
        shared=True,
    ),
    # saved searches: each is its owner's alone, and the shelf's person is none of the cast
    "reading/searches/": same("/reading/searches/", WHO_SIGNED_IN),
    "reading/searches/save/": same("/reading/searches/save/", "sign-in 302 302 302 302 302", "post"),
    **{
        f"reading/searches/<int:pk>/{deed}/": _saved(deed)
        for deed in ("remove", "bring-back", "alerts", "address", "seen")
    },
    "reading/searches/<str:key>.atom": Row(
        lambda shelf: listings.feed(saved_search_of(shelf.person)), ANYBODY, ANYBODY, ANYBODY
    ),
    "art/<slug:version>/<slug:kind>/<slug:variant>/<slug:seed>.svg": Row(
        lambda shelf: shelf.community.emblem_url, ANYBODY, ANYBODY, ANYBODY
    ),
    "healthz": same("/healthz", ANYBODY),
    "robots.txt": same("/robots.txt", ANYBODY),
    "style/<slug:digest>.css": same("/style/old.css", "302 302 302 302 302 302"),
    "parts/": same("/parts/", ANYBODY),
    "sitemap.xml": same("/sitemap.xml", ANYBODY),
    # Wagtail's pages: each type has a row of its own below
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": same(
        "/_util/authenticate_with_password/1/1/", NO_ONE
    ),
    r"^((?:[\w\-]+/)*)$": by_audience(lambda shelf: shelf.community.url),
}

PAGES: dict[str, Row] = {
    "home.HomePage": same("/", ANYBODY),
    "home.PlainPage": same("/accessibility/", ANYBODY),
    "communities.CommunityIndexPage": same("/communities/", ANYBODY),
    "communities.CommunityPage": by_audience(lambda shelf: shelf.community.url),
    "stories.StoryIndexPage": same("/stories/", ANYBODY),
    "stories.StoryPage": by_audience(lambda shelf: shelf.story.url),
    "surgeries.SurgeryIndexPage": same("/surgeries/", ANYBODY),
    "surgeries.SurgeryPage": by_audience(lambda shelf: shelf.surgery.url),
    "knowledge.GuidanceIndexPage": same("/guidance/", ANYBODY),
    "knowledge.GuidancePage": by_audience(lambda shelf: shelf.guidance.url),
}

ROWS = {**TABLE, **PAGES}
SIGN_IN = ("/account/login/", "/admin/login/", "/django-admin/login/")
THIRD_PARTY_TREES = ("admin/", "django-admin/")


def routes() -> set[str]:
    """Every address pattern of the hub; the trees of others count as one each."""
    return set(_routes(get_resolver(), ""))


def _routes(resolver: Any, above: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = above + str(pattern.pattern)
        if hasattr(pattern, "url_patterns") and route not in THIRD_PARTY_TREES:
            yield from _routes(pattern, route)
        else:
            yield route


def answer_of(response: Any) -> str:
    """The status, or ``sign-in`` where the viewer is sent to sign in."""
    if response.status_code == 302 and response["Location"].startswith(SIGN_IN):
        return "sign-in"
    return str(response.status_code)
