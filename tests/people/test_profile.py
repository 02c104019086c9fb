"""What somebody says about themselves."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from people import services
from people.forms import ProfileForm
from people.models import User
from tests.conftest import browse
from tests.factories import PersonFactory

FORM = {"name": "Carys Hughes", "job_title": "Librarian", "audience": "organisation", "skills": "Bees, Flood water"}
FORM |= {"contact_audience": "organisation"}


def photo(size: tuple[int, int] = (900, 600), kind: str = "JPEG", name: str = "me.jpg") -> SimpleUploadedFile:
    file, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "A camera at 51.5N 0.1W"
    Image.new("RGB", size, "teal").save(file, kind, exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def send(person: User, **changes: Any) -> Any:
    return browse(person).post("/people/me/", {**FORM, **changes})


def test_carys_says_what_she_knows(carys: User) -> None:
    assert send(carys, about="I keep bees.").status_code == 302
    page = browse(carys).get(carys.get_absolute_url()).content.decode()
    assert "I keep bees." in page
    assert "Flood water" in page


def test_a_form_that_fails_keeps_what_was_typed(carys: User) -> None:
    response = send(carys, name="", about="Three sentences that took an hour.")
    assert response.status_code == 422
    assert "Three sentences that took an hour." in response.content.decode()
    carys.refresh_from_db()
    assert (carys.name, carys.about) == ("Carys Hughes", "")


def test_nobody_changes_what_the_form_does_not_offer(carys: User) -> None:
    send(carys, is_superuser="on", is_staff="on", kind="resident", email="other@example.org")
    carys.refresh_from_db()
    assert (carys.is_superuser, carys.is_staff, carys.kind) == (False, False, "staff")
    assert carys.email == "carys@example.org"


def test_a_photograph_is_cut_square_and_forgets_the_camera(carys: User) -> None:
    send(carys, photo=photo())
    carys.refresh_from_db()
    with Image.open(carys.photo) as kept:
        assert (kept.format, kept.size) == ("WEBP", (480, 480))
        assert not kept.getexif()
    assert b"camera" not in carys.photo.open().read()


def test_a_photograph_is_fetched_by_those_who_see_the_person(carys: User, bryn: User) -> None:
    send(carys, photo=photo())
    carys.refresh_from_db()
    response = browse(bryn).get(carys.photo.url)
    assert b"".join(response.streaming_content).startswith(b"RIFF")
    assert browse().get(carys.photo.url).status_code == 404


WHOLE = photo().open().read()
BAD = {
    "cut short": SimpleUploadedFile("me.jpg", WHOLE[: len(WHOLE) // 2], "image/jpeg"),
    "words": SimpleUploadedFile("me.jpg", b"not a picture", "image/jpeg"),
    "svg": SimpleUploadedFile("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    "page": SimpleUploadedFile("me.html", b"<script>alert(1)</script>", "image/jpeg"),
    "too large": SimpleUploadedFile("me.jpg", WHOLE + b"\0" * 8 * 1024 * 1024, "image/jpeg"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_photograph_is_refused_and_said_so(carys: User, name: str) -> None:
    BAD[name].seek(0)
    response = send(carys, photo=BAD[name], about="Kept.")
    assert response.status_code == 422
    assert "Kept." in response.content.decode()
    carys.refresh_from_db()
    assert not carys.photo


def test_a_photograph_can_be_taken_away(carys: User) -> None:
    send(carys, photo=photo())
    send(carys, **{"photo-clear": "on"})
    carys.refresh_from_db()
    assert not carys.photo


def test_a_new_calendar_address_ends_the_old_one(carys: User) -> None:
    old = carys.calendar_key
    browse(carys).post("/people/me/calendar/")
    carys.refresh_from_db()
    assert browse().get(f"/surgeries/calendar/{old}.ics").status_code == 404
    assert browse().get(f"/surgeries/calendar/{carys.calendar_key}.ics").status_code == 200


# -- people as such ----------------------------------------------------------------------------------------------------
def test_two_people_of_one_name_have_two_addresses(db: Any) -> None:
    first, second = (PersonFactory(first_name="Ann", last_name="Lee", email=f"ann{n}@example.org") for n in (1, 2))
    assert (first.slug, second.slug) == ("ann-lee", "ann-lee-2")


def test_somebody_from_an_archive_has_a_page_and_no_sign_in(db: Any) -> None:
    person = User.objects.create_user(name="Old Hand", kind="partner")
    assert (person.email, person.slug) == (None, "old-hand")
    assert not person.has_usable_password()
    assert User.objects.create_user(name="日本", kind="staff").slug == "person"


def test_a_person_is_called_what_is_known_of_them(db: Any) -> None:
    assert str(User(email="a@example.org")) == "a@example.org"
    assert User(slug="someone").get_short_name() == "someone"


def test_saving_a_profile_is_told_to_search(carys: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        services.renew_calendar_key(carys)
    assert callbacks == []
    with django_capture_on_commit_callbacks() as callbacks:
        send(carys)
    assert callbacks


# -- the directory -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["carys", "Hughes", "librarian", "carys hughes"])
def test_people_are_found_by_name_and_by_what_they_do(carys: User, bryn: User, words: str) -> None:
    User.objects.filter(pk=bryn.pk).update(job_title="Driver")
    page = browse(bryn).get("/people/", {"q": words}).content.decode()
    assert "/people/carys-hughes/" in page


@pytest.mark.parametrize("query", ["q=\0", "topic=%00", "kind=nonsense", "page=nonsense", "page=99", "q=%27%22<b>"])
def test_nonsense_in_the_address_breaks_no_directory(carys: User, query: str) -> None:
    response = browse(carys).get(f"/people/?{query}")
    assert response.status_code == 200
    assert '<b>"' not in response.content.decode()


def test_the_directory_by_where_people_belong(carys: User, dev: User) -> None:
    page = browse(carys).get("/people/?kind=resident")
    assert [person.slug for person in page.context["people"]] == ["dev-anand"]


def test_who_is_switched_off_while_their_photograph_is_on_its_way_stays_so(carys: User) -> None:
    form = ProfileForm({**FORM, "about": "I keep bees."}, instance=User.objects.get(pk=carys.pk))
    assert form.is_valid()
    User.objects.filter(pk=carys.pk).update(is_active=False)
    services.save_profile(form)
    carys.refresh_from_db()
    assert (carys.is_active, carys.about) == (False, "I keep bees.")
    assert [str(topic) for topic in carys.skills.order_by("name")] == ["Bees", "Flood water"]
