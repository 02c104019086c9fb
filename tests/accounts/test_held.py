"""What is held of somebody: said in one register, copied for them, and erased; nothing is forgotten."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ManyToManyField
from django.test import Client, TestCase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from PIL import Image
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.invitations.models import Invitation
from accounts.personal_data import erasing, services
from accounts.personal_data.models import KEPT, ErasureRequest, HeldCopy
from accounts.personal_data.tasks import make
from communities.models import Membership
from core.dead_addresses.models import DeadAddress
from core.holdings import HOLDINGS
from core.outbox import drain
from indexing import maintenance
from people.models import Absence, User
from reading.models import SavedSearch
from reports.models import PageReport
from stories.models import StoryPage
from tests.conftest import browse
from tests.factories import PASSWORD, PersonFactory, SessionFactory, StoryFactory, make_member, tell

MARKER = "quillwort"
HELD, COPY, ZIP, ERASURE = (f"/account/held/{path}" for path in ("", "copy/", "copy/zip/", "erasure/"))


def sure(person: User) -> Client:
    """A browser in which somebody has just said once more that it is them."""
    browser = browse(person)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


# -- the register ------------------------------------------------------------------------------------------------------
def columns() -> Iterator[str]:
    """Every column that leads to a person, each where it is made."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label != "tests":
            for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
                through = isinstance(field, ManyToManyField) and field.remote_field.through._meta.auto_created
                if field.related_model is User and not through:
                    yield f"{model._meta.label}.{field.name}"


def test_a_room_names_every_column_that_leads_to_a_person() -> None:
    named = {column for holding in HOLDINGS for column in holding.covers}
    assert set(columns()) - named == set()


def test_every_holding_says_what_becomes_of_it(carys: User) -> None:
    for holding in HOLDINGS:
        assert holding.says
        assert holding.goes or holding.stays
        list(holding.rows(carys))
        list(holding.rows(SimpleLazyObject(lambda: carys)))  # as in a request


# -- somebody with a word in everything --------------------------------------------------------------------------------
def photograph() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (90, 90), "teal").save(file, "PNG")
    return SimpleUploadedFile(f"{MARKER}.png", file.getvalue(), "image/png")


@pytest.fixture
def wren(asha: User, community: Any, settings: Any, tmp_path: Path) -> User:
    """Wren Quillwort: the name, the address and all that they wrote of themselves hold a word that nobody else uses."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.SEARCH = {**settings.SEARCH, "URL": f"sqlite:///{tmp_path / 'index'}"}
    wren: User = PersonFactory(
        name="Wren Quillwort",
        email=f"{MARKER}@example.org",
        about=f"I grow {MARKER}.",
        job_title=f"Keeper of {MARKER}",
        reach_by=f"Ask for {MARKER}",
        photo=photograph(),
    )
    membership = make_member(wren, community)
    Membership.objects.filter(pk=membership.pk).update(note=f"Here for {MARKER}")
    SavedSearch.objects.create(owner=wren, text=f"{MARKER} beds", fingerprint="a")
    PageReport.objects.create(reporter=wren, text=f"The {MARKER} is wrong.", path="/", email=wren.email)
    Absence.objects.create(person=wren, first=timezone.localdate(), stand_in=asha, word=f"Off to see {MARKER}")
    Invitation.objects.create(community=community, email=wren.email)
    DeadAddress.objects.create(address=wren.email, reason=f"550 no {MARKER} here")
    ErasureRequest.objects.create(person=wren, word=f"No more {MARKER}")
    SessionFactory().mentors.add(wren)
    story = tell(StoryFactory(community=community, title="The bog"), wren, asha)
    story.save_revision().publish()
    log(instance=community, action="communities.appointed", user=asha, data={"person": str(wren)})
    log(instance=wren, action="wagtail.edit", user=wren)
    log(instance=story, action="wagtail.edit", user=wren)
    browse(wren).get("/")
    with TestCase.captureOnCommitCallbacks(execute=True):
        maintenance.rebuild()
    return wren


def remains(folder: Path) -> list[str]:
    """Where the word still stands: in a row, an index, a file, or an e-mail."""
    found = [
        f"{model._meta.label} {row}"
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values()
        if MARKER in repr(row).lower()
    ]
    found += [
        str(file) for file in folder.rglob("*") if file.is_file() and MARKER.encode() in file.read_bytes().lower()
    ]
    found += [str(file) for file in folder.rglob(f"*{MARKER}*")]
    return found + [str(one.subject) for one in mail.outbox if MARKER in one.body.lower()]


# -- the copy ----------------------------------------------------------------------------------------------------------
def copied(person: User) -> ZipFile:
    browser = sure(person)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert browser.post(COPY)["Location"] == HELD
    return ZipFile(BytesIO(browser.get(ZIP).content))


def test_the_copy_holds_all_of_theirs_and_nobody_elses_name(wren: User) -> None:
    archive = copied(wren)
    told = json.loads(archive.read("data.json"))["held"]
    page = archive.read("read-me.html").decode()
    for name in ("profile", "memberships", "saved searches", "reports", "absences", "invitations", "dead address"):
        assert MARKER in json.dumps(told[name]["rows"]).lower(), name
    assert told["stories"]["rows"][0]["title"] == "The bog"
    assert len(told["sessions"]["rows"]) == 1
    assert "Off to see quillwort" in page
    assert "Asha" not in page + json.dumps(told)
    assert [name for name in archive.namelist() if name.startswith("files/profile")]


def test_the_copy_is_theirs_alone_and_goes_after_seven_days(carys: User, bryn: User) -> None:
    copied(carys)
    assert sure(bryn).get(ZIP).status_code == 404
    with time_machine.travel(timezone.now() + KEPT):
        assert sure(carys).get(ZIP).status_code == 404
        services.forget()
    assert not HeldCopy.objects.exists()


@pytest.mark.parametrize("address", [COPY, ZIP, ERASURE])
def test_it_is_asked_first_whether_it_is_them(carys: User, address: str) -> None:
    HeldCopy.objects.create(person=carys, made=timezone.now(), content=b"all of it")
    for method in ("get", "post"):
        response = getattr(browse(carys), method)(address)
        assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/account/reauthenticate/")


def test_one_that_is_being_made_is_not_begun_twice(carys: User) -> None:
    first, second = services.ask_for_copy(carys), services.ask_for_copy(carys)
    make(first.pk)
    content = HeldCopy.objects.get().content
    make(first.pk)
    assert (first, HeldCopy.objects.get().content) == (second, content)


def test_a_community_that_they_no_longer_see_keeps_its_new_name(dev: User, private_community: Any) -> None:
    Membership.objects.filter(person=dev).update(state="ended", until=timezone.now(), known_as="Safe Homes")
    private_community.title = "A secret name"
    private_community.save_revision().publish()
    told = json.loads(copied(dev).read("data.json"))["held"]["memberships"]["rows"]
    assert told[0]["community"] == "Safe Homes"


# -- erasure -----------------------------------------------------------------------------------------------------------
def test_whoever_is_erased_is_found_nowhere(wren: User, hub_team: User, tmp_path: Path) -> None:
    copied(wren)
    hub_team.set_password(PASSWORD)
    hub_team.save()
    browser = sure(hub_team)
    page = browser.get(f"/ways-in/erasures/{wren.slug}/").content.decode()
    assert ("Your communities" in page, "I grow quillwort" in page) == (True, False)
    assert browser.post(f"/ways-in/erasures/{wren.slug}/", {"name": "Wren Quilwort"}).status_code == 422
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert browser.post(f"/ways-in/erasures/{wren.slug}/", {"name": "wren quillwort"}).status_code == 302
    drain("notices")
    maintenance.rebuild()  # until then the index has the loose word, of no document, in its list of words
    assert remains(tmp_path) == []
    assert "Wren" not in browser.get(f"/search/?q={MARKER}").content.decode()
    assert StoryPage.objects.get(title="The bog").byline == "Asha Okafor"
    assert PageLogEntry.objects.filter(user_id=wren.pk, action="wagtail.edit").exists()
    erased = ModelLogEntry.objects.get(action="accounts.erased")
    assert (erased.user, erased.data["held"]["memberships"]) == (hub_team, 1)


def test_a_name_that_is_a_word_takes_no_word_of_others(hub_team: User, asha: User, community: Any) -> None:
    may: User = PersonFactory(name="May", email="may@example.org")
    said = {"person": "May", "role": "member", "word": "Mayor of May Day, may@example.org, o.may@example.org"}
    log(instance=community, action="communities.appointed", user=asha, data=said)
    erasing.erase(may, by=hub_team)
    left = PageLogEntry.objects.filter(action="communities.appointed").latest("pk").data
    assert left == {"person": "—", "role": "member", "word": "Mayor of May Day, —, o.may@example.org"}


def test_what_they_were_called_before_goes_from_the_log(hub_team: User, asha: User, community: Any) -> None:
    ann: User = PersonFactory(name="Ann Lee", email="ann@example.org")
    log(instance=ann, action="wagtail.edit", user=asha)
    log(instance=community, action="communities.appointed", user=asha, data={"person": "Ann Lee and Ann Lee-Jones"})
    ann.name = "Ann Moss"
    ann.save()
    erasing.erase(ann, by=hub_team)
    left = PageLogEntry.objects.filter(action="communities.appointed").latest("pk").data
    assert left == {"person": "— and Ann Lee-Jones"}


def test_nobody_erases_themselves_nor_the_last_of_the_hub_team(hub_team: User, carys: User) -> None:
    with pytest.raises(erasing.CannotErase):
        erasing.erase(hub_team, by=hub_team)
    with pytest.raises(erasing.CannotErase):
        erasing.erase(hub_team, by=carys)


def test_one_asks_and_takes_it_back(carys: User, hub_team: User) -> None:
    sure(carys).post(ERASURE, {"word": "After the summer."})
    assert "After the summer." in browse(hub_team).get("/ways-in/erasures/").content.decode()
    browse(carys).post(f"{ERASURE}withdraw/")
    assert not ErasureRequest.objects.exists()
