"""One name, of any script and of any number of words: changed everywhere at once, in order, without invisible signs."""

from typing import Any

import pytest

from communities.models import CommunityPage
from core.text import one_line
from people import names
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory, StoryFactory, make_member

ACCOUNT = {"kind": "staff", "audience": "organisation", "is_active": "on"}
PROFILE = {"job_title": "Librarian", "audience": "organisation", "skills": ""}
ZERO_WIDTH, WORD_JOINER, REVERSED = "\u200b", "\u2060", "\u202e"


def called(name: str, **fields: str) -> User:
    made: User = PersonFactory(name=name, email=None, public=True, **fields)
    return made


# -- one word, any script ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["Teller", "李小龍", "Анна", "Anna van der Berg", "نیما‌زاده"])
def test_whoever_is_called_so_can_be_changed_in_the_editor(hub_team: User, carys: User, name: str) -> None:
    edit = f"/admin/users/edit/{carys.pk}/"
    assert browse(hub_team).post(edit, ACCOUNT | {"email": carys.email, "name": name}).status_code == 302
    answer = browse(hub_team).post(edit, {**ACCOUNT, "email": carys.email, "name": name, "is_active": ""})
    carys.refresh_from_db()
    assert (answer.status_code, carys.name, carys.is_active) == (302, name, False)


def test_whoever_has_no_address_can_be_made_inactive(hub_team: User) -> None:
    person, _other = PersonFactory.create_batch(2, email=None)
    fields = ACCOUNT | {"email": "", "name": "Teller", "is_active": ""}
    browse(hub_team).post(f"/admin/users/edit/{person.pk}/", fields)
    person.refresh_from_db()
    assert (person.name, person.email, person.is_active) == ("Teller", None, False)


@pytest.mark.parametrize(
    ("name", "family_name", "greeted"),
    [
        ("Priya Nair", "", "Priya"),
        ("Anna van der Berg", "", "Anna"),
        ("Teller", "", "Teller"),
        ("李小龍", "", "李小龍"),
        ("Cllr Margaret Hale", "", "Cllr Margaret Hale"),
        ("Dr. Okafor", "", "Dr. Okafor"),
        ("Halász Zsófia", "Halász", "Zsófia"),
    ],
)
def test_everybody_is_greeted_properly(name: str, family_name: str, greeted: str) -> None:
    assert names.greeting(name, family_name) == greeted


def test_a_changed_name_stands_everywhere_at_once(carys: User, community: CommunityPage, bryn: User) -> None:
    make_member(carys, community)
    page = browse(bryn).get(carys.get_absolute_url()).content.decode()
    assert "Write to Carys" in page
    browse(carys).post("/people/me/", {**PROFILE, "name": "Anna van der Berg"})
    assert "Write to Anna<" in browse(bryn).get(carys.get_absolute_url()).content.decode()
    assert "Next surgeries, Anna" in browse(carys).get("/").content.decode()
    for address in ("/people/", f"{community.url}members/"):
        listed = browse(bryn).get(address).content.decode().partition("<main")[2]
        assert "Carys" not in listed
        assert listed.index("Anna van der Berg") < listed.index("Bryn Powell")


def test_one_says_what_one_wants_to_be_called(carys: User) -> None:
    browse(carys).post("/people/me/", {**PROFILE, "name": "Margaret Hale", "called": "Peg", "family_name": ""})
    assert "Next surgeries, Peg" in browse(carys).get("/").content.decode()


@pytest.mark.parametrize("fields", [["name"], ["family_name"], {"name"}])
def test_the_order_follows_a_name_that_is_saved_alone(carys: User, fields: Any) -> None:
    carys.name, carys.family_name = "Anna Berg", ""
    carys.save(update_fields=fields)
    User.objects.filter(pk=carys.pk).update(name="Anna Zander")
    assert list(User.objects.filter(pk=carys.pk).values_list("sort_name", "words_to_find")) == [
        ("zander anna", "anna zander librarian")
    ]


# -- order -------------------------------------------------------------------------------------------------------------
ORDER = ["Åsa", "Anna van der Berg", "tom de boer", "Dé", "Liam Luce", "Piotr Łuczak", "Una Lund", "Mesut Özil", "Zoë"]


def test_people_stand_where_a_reader_looks_for_them(bryn: User, community: CommunityPage) -> None:
    for name in reversed(ORDER):
        make_member(called(name), community)
    listed = [person.name for person in User.objects.exclude(pk=bryn.pk).by_name()]
    assert listed == ORDER
    members = browse(bryn).get(f"{community.url}members/").content.decode()
    assert sorted(ORDER, key=members.index) == ORDER


# -- invisible letters -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed", [ZERO_WIDTH, WORD_JOINER, REVERSED, "\u3164", "\u2800", " \u00ad ", "…", "\U000e0041"]
)
def test_a_name_that_nobody_can_read_is_refused(carys: User, hub_team: User, typed: str) -> None:
    answer = browse(carys).post("/people/me/", {**PROFILE, "name": typed})
    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors
    edit = f"/admin/users/edit/{carys.pk}/"
    answer = browse(hub_team).post(edit, ACCOUNT | {"email": carys.email, "name": typed})
    assert "name" in answer.context["form"].errors


@pytest.mark.parametrize("door", ["profile", "editor", "code"])
@pytest.mark.parametrize("typed", ["Priya\u200b Nair", "\u202ePriya Nair", "Priya\u2028 Nair\n", "Pri\u200dya Nair"])
def test_names_that_look_alike_are_alike(carys: User, hub_team: User, door: str, typed: str) -> None:
    if door == "profile":
        browse(carys).post("/people/me/", {**PROFILE, "name": typed})
    elif door == "editor":
        browse(hub_team).post(f"/admin/users/edit/{carys.pk}/", ACCOUNT | {"email": carys.email, "name": typed})
    else:
        carys.name = typed
        carys.save(update_fields=["name"])
    carys.refresh_from_db()
    assert (carys.name, carys.sort_name) == ("Priya Nair", "nair priya")


@pytest.mark.parametrize(
    "text",
    ["Zoë", "نیما‌زاده", "क्‍ष", "👩‍👧 Family hub", "🏴󠁧󠁢󠁷󠁬󠁳󠁿 Cymru", "☎️ Helpline", "O’Brien–Łuczak", "葛\U000e0100城"],
)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    assert one_line(text) == text


def test_every_line_that_is_shown_is_brought_to_one_form(carys: User) -> None:
    browse(carys).post(
        "/people/me/", {**PROFILE, "name": "Carys", "job_title": "Libra\u202erian", "location": "Cafe\u0301"}
    )
    carys.refresh_from_db()
    assert (carys.job_title, carys.location) == ("Librarian", "Café")


def test_an_editor_changes_their_name_in_the_editor_too(hub_team: User) -> None:
    page = browse(hub_team).get("/admin/account/").content.decode()
    assert 'name="name_email-name"' in page
    data = {"name_email-name": "李小龍", "name_email-called": "", "notifications-submitted_notifications": "on"}
    data |= {"locale-preferred_language": "", "locale-current_time_zone": "", "theme-theme": "system"}
    browse(hub_team).post("/admin/account/", {**data, "theme-density": "default", "theme-contrast": "system"})
    hub_team.refresh_from_db()
    assert (hub_team.name, hub_team.short_name) == ("李小龍", "李小龍")


def test_a_title_that_nobody_can_see_is_refused(home: Any) -> None:
    from django.core.exceptions import ValidationError

    story = StoryFactory(title="The\u202e weir\u200b")
    assert story.title == "The weir"
    story.title = "\u200b\u2060"
    with pytest.raises(ValidationError):
        story.save()
