"""People from a file: what would happen is shown first, what cannot be taken is named, and nobody comes twice."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone

from accounts.from_file import services
from accounts.from_file.reading import NotATable, read
from accounts.leaving.choices import SwitchedBy
from accounts.leaving.models import Departure
from accounts.models import Invitation, PeopleFile
from core.outbox import drain
from notifications.models import Happening
from people.models import User
from tests.conftest import browse, next_month
from tests.factories import PersonFactory

ADDRESS = "/ways-in/people/"
HEAD = "E-mail,Name,Kind,Job title"
GWEN = "gwen@example.net,Gwen Rees,staff,Ranger"


def table(*lines: str, head: str = HEAD) -> str:
    return "\r\n".join((head, *lines)) + "\r\n"


def upload(browser: Client, content: str | bytes, **said: str) -> Any:
    content = content.encode() if isinstance(content, str) else content
    return browser.post(ADDRESS, {"file": SimpleUploadedFile("people.csv", content), **said}, follow=True)


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().split("<main")[1]).split())


def take(browser: Client, preview: Any) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        data = {"deed": "take", "shown": preview.context["shown"]}
        return browser.post(preview.request["PATH_INFO"], data, follow=True)


@pytest.fixture
def team(hub_team: User) -> Client:
    return browse(hub_team)


# -- from the file to the button ---------------------------------------------------------------------------------------
def test_nothing_happens_before_the_button_and_the_file_is_gone_after_it(team: Client) -> None:
    preview = upload(team, table(GWEN))
    assert "Gwen Rees gwen@example.net Works here, Ranger" in text(preview)
    assert not User.objects.filter(email="gwen@example.net").exists()
    assert "1 person is new." in text(take(team, preview))
    gwen = User.objects.get(email="gwen@example.net")
    assert (gwen.name, gwen.kind, gwen.job_title, gwen.has_usable_password()) == ("Gwen Rees", "staff", "Ranger", False)
    assert not PeopleFile.objects.exists()
    assert not mail.outbox


def test_run_again_it_makes_nobody_twice_and_shows_what_changes(team: Client, carys: User) -> None:
    lines = (GWEN, "CARYS@example.org,Carys Hughes,,Head of hedges")
    take(team, upload(team, table(*lines)))
    assert User.objects.get(pk=carys.pk).job_title == "Head of hedges"
    preview = upload(team, table(*lines, "gwen@example.net,Gwen Rees,staff,Warden").replace(GWEN + "\r\n", ""))
    assert "Job title: Ranger Warden" in text(preview)
    again = take(team, preview)
    assert "0 people are new. 1 was changed." in text(again)
    assert User.objects.filter(email__in=["gwen@example.net", "carys@example.org"]).count() == 2


def test_each_line_that_cannot_be_taken_says_why_and_the_others_are_taken(team: Client, carys: User) -> None:
    User.objects.filter(pk=carys.pk).update(is_active=False)
    lines = {
        "nobody,Nobody,staff,": "“nobody” is no e-mail address.",
        ",Nobody,staff,": "There is no e-mail address.",
        "a@example.org,,staff,": "There is no name.",
        "b@example.org,Bo,,": "It does not say whether they work here",
        "c@example.org,Cy,volunteer,": "“volunteer” is no kind",
        "GWEN@EXAMPLE.NET,Gwen again,staff,": "Line 2 has the same address.",
        "carys@example.org,Carys,,": "This account is switched off.",
        "d@example.org,Di,partner,": "It does not say which organisation",
        "e@example.org,Ed,resident,": "“Sponsor” needs the address of somebody who works here",
        f"f@example.org,Flo,staff,{'x' * 161}": "Job title: Ensure this value has at most 160 characters",
    }
    preview = upload(team, table(GWEN, *lines))
    shown = text(preview)
    assert [words for words in lines.values() if words not in shown] == []
    assert "Line 4 – There is no e-mail address." in shown.replace(" Nobody ", " – ")
    assert "1 person is new. 10 lines were left out." in text(take(team, preview))


# -- people who leave --------------------------------------------------------------------------------------------------
LEAVERS = "E-mail,Last day"


def test_whoever_has_left_is_switched_off_and_whoever_leaves_hears_of_it(team: Client, carys: User, bryn: User) -> None:
    """Run again, it changes nothing, and brings nobody back."""
    today = timezone.localdate()
    later = today + timedelta(days=30)
    lines = (f"CARYS@example.org,{today - timedelta(days=1)}", f"bryn@example.org,{later:%d/%m/%Y}")
    preview = upload(team, table(*lines, head=LEAVERS))
    assert "switched off" in text(preview)
    assert User.objects.filter(pk=carys.pk, is_active=True, leaves_on=None).exists()
    assert "0 people are new. 2 were changed." in text(take(team, preview))
    departure = Departure.objects.get(person=carys)
    assert (departure.way, departure.by) == (SwitchedBy.FILE, User.objects.get(is_superuser=True))
    assert User.objects.get(pk=bryn.pk).leaves_on == later
    drain("notices")
    assert Happening.objects.filter(kind="accounts.leaving_planned").count() == 1
    again = upload(team, table(*lines, head=LEAVERS))
    assert (again.context["taken"], again.context["refused"]) == (0, 0)
    assert not User.objects.get(pk=carys.pk).is_active


def test_a_last_day_that_is_none_is_said_and_the_hub_team_leaves_by_no_file(team: Client, hub_team: User) -> None:
    lines = {
        "carys@example.org,soon": "“Last day” is no day",
        "dev@example.org,2099-01-01": "“Last day” is more than five years away.",
        "nobody@example.org,2020-01-01": "They have left already: nobody is made.",
        f"{hub_team.email},2020-01-01": "They run the hub.",
    }
    shown = text(upload(team, table(*lines, head=LEAVERS)))
    assert [words for words in lines.values() if words not in shown] == []


def test_people_from_outside_come_with_a_sponsor(team: Client, carys: User) -> None:
    head = f"{HEAD},Sponsor,Purpose,Review on"
    line = f"rhys@example.net,Rhys,lives here,,CARYS@example.org,Walks the park.,{next_month()}"
    take(team, upload(team, table(line, head=head)))
    stay = User.objects.get(email="rhys@example.net").stay
    assert (stay.sponsor, stay.purpose) == (carys, "Walks the park.")
    assert "As they are 1" in text(upload(team, table(line, head=head)))


def test_new_people_are_invited_at_once_where_that_is_ticked(team: Client, carys: User) -> None:
    take(team, upload(team, table(GWEN, "carys@example.org,Carys Hughes,,"), invites="on"))
    [message] = mail.outbox
    link = re.findall(r"/account/invitation/\S+", message.body)[0]
    page = Client().get(link)
    assert 'value="Gwen Rees"' in page.content.decode()
    words = "three herons on a wall"
    Client().post(link, {"answer": "yes", "name": "Gwen R.", "password1": words, "password2": words})
    gwen = User.objects.get(email="gwen@example.net")
    assert (gwen.name, gwen.check_password(words), Invitation.objects.get().outcome) == ("Gwen R.", True, "accepted")


def test_what_is_too_long_for_an_account_is_said_and_a_long_file_name_is_cut(team: Client) -> None:
    line = f"{'a' * 250}@example.net,Gwen Rees,staff,"
    file = SimpleUploadedFile(f"{'p' * 240}.csv", table(line).encode())
    preview = team.post(ADDRESS, {"file": file}, follow=True)
    assert "is no e-mail address" in text(preview)
    assert len(PeopleFile.objects.get().name) == 200


def test_the_file_belongs_to_whoever_uploaded_it(team: Client) -> None:
    preview = upload(team, table(GWEN))
    other = browse(User.objects.create_superuser("other.team@example.org", "a long enough password"))
    address = preview.request["PATH_INFO"]
    assert other.get(address).status_code == 404
    other.post(address, {"deed": "take", "shown": preview.context["shown"]})
    assert not User.objects.filter(email="gwen@example.net").exists()
    assert "Nothing was changed" in text(team.post(address, {"deed": "discard"}, follow=True))
    assert "taken over or thrown away already" in text(take(team, preview))
    assert not User.objects.filter(email="gwen@example.net").exists()


def test_what_was_not_shown_does_not_happen(team: Client) -> None:
    preview = upload(team, table(GWEN))
    PersonFactory(first_name="Gwen", email="gwen@example.net")
    assert "Accounts were changed meanwhile." in text(take(team, preview))
    assert User.objects.get(email="gwen@example.net").job_title == "Librarian"


def test_a_file_that_nobody_takes_is_forgotten_after_a_day(team: Client) -> None:
    preview = upload(team, table(GWEN))
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert team.get(preview.request["PATH_INFO"]).status_code == 404
        services.forget_files()
    assert not PeopleFile.objects.exists()


# -- what files look like ----------------------------------------------------------------------------------------------
PLAIN = table("gwen@example.net,Gŵen Réés,staff,Ranger")
FILES = {
    "UTF-8": PLAIN.encode(),
    "Excel’s CSV UTF-8": PLAIN.encode("utf-8-sig"),
    "Excel’s Unicode text": PLAIN.replace(",", "\t").encode("utf-16"),
    "UTF-16 without its mark": PLAIN.encode("utf-16-le"),
    "semicolons": PLAIN.replace(",", ";").encode("utf-8-sig"),
    "semicolons that are named": b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
    "old Macs": PLAIN.replace("\r\n", "\r").encode(),
    "quotation marks": re.sub(r"[^,\r\n]+", r'"\g<0>"', PLAIN).encode(),
    "blank lines and columns": PLAIN.replace("\r\n", ",,\r\n\r\n").encode(),
    "other names": "Full name;EMAIL ADDRESS;type;Job\nGŵen Réés;Gwen@Example.net;staff;Ranger".encode(),
    "two names": "First name,Surname,Mail,Kind,Job title\nGŵen,Réés,gwen@example.net,Staff,Ranger".encode(),
}


@pytest.mark.parametrize("kind", FILES)
def test_every_usual_file_is_read_alike(kind: str) -> None:
    [line] = read(FILES[kind], 10).lines
    cells = {"name": f"{line.cells.get('first')} {line.cells.get('family_name')}", **line.cells}
    found = [cells["email"].lower(), cells["name"], cells["kind"].lower(), cells["job_title"]]
    assert found == ["gwen@example.net", "Gŵen Réés", "staff", "Ranger"]


def test_what_windows_wrote_before_is_read() -> None:
    [line] = read(table("rene@example.net,René O’Neill – Jr,staff,").encode("cp1252"), 10).lines
    assert line.cells["name"] == "René O’Neill – Jr"


def test_formulas_are_text(team: Client) -> None:
    line = 'gwen@example.net,"=HYPERLINK(""http://x.example"",""Gwen"")",staff,\'+44 is no job'
    take(team, upload(team, table(line)))
    gwen = User.objects.get(email="gwen@example.net")
    assert (gwen.name, gwen.job_title) == ('=HYPERLINK("http://x.example","Gwen")', "+44 is no job")


NONE = {
    "nothing": (b"", "The file is empty."),
    "a workbook": (b"PK\x03\x04" + b"\0" * 50, "This is a workbook."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is no table."),
    "no address": (b"Name,Kind\nGwen,staff\n", "No column is called “E-mail”."),
    "no name": (b"E-mail,Kind\ngwen@example.net,staff\n", "No column is called “Name”"),
    "twice a column": (b"E-mail,Mail,Name\nx,y,z\n", "There are two columns for the same thing"),
    "nobody": (HEAD.encode(), "There is nobody in the file."),
    "an open quotation": (table(GWEN, '"x@example.org,X,staff,', GWEN).encode(), "From line 3 on the file is no table"),
    "too many": (table(*[GWEN] * 100_000).encode(), "The file has more than 1,000 lines."),
}


@pytest.mark.parametrize("what", NONE)
def test_what_is_no_table_says_what_to_do(team: Client, what: str) -> None:
    content, words = NONE[what]
    answer = upload(team, content)
    assert (answer.status_code, words in text(answer), PeopleFile.objects.exists()) == (422, True, False)


def test_numbers_are_those_that_a_spreadsheet_shows() -> None:
    content = b'E-mail,Name\n"a@example.org","A\nB"\n\nc@example.org,C\n'
    assert [line.number for line in read(content, 9).lines] == [2, 5]
    with pytest.raises(NotATable):
        read(content, 1)


# -- the command -------------------------------------------------------------------------------------------------------
def run(file: Path, *options: str) -> tuple[int, str]:
    out, status = StringIO(), 0
    try:
        call_command("import_people", str(file), *options, stdout=out, stderr=out)
    except SystemExit as end:
        status = int(end.code or 0)
    return status, out.getvalue()


def test_the_command_does_the_same(tmp_path: Path, hub_team: User) -> None:
    file = tmp_path / "people.csv"
    file.write_text(table(GWEN, "nobody,Nobody,staff,"))
    status, said = run(file, "--dry-run")
    assert (status, "Line 3: “nobody” is no e-mail address." in said) == (1, True)
    assert "1 new, 0 changed, 0 as they are, 1 cannot be taken." in said
    assert not User.objects.filter(email="gwen@example.net").exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        run(file, "--invite", "--by", "hub.team@example.org")
    assert [one.to for one in mail.outbox] == [["gwen@example.net"]]
    assert "0 new, 0 changed, 1 as they are" in run(file)[1]
