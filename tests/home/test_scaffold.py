"""What every hub starts from."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command

from home.models import HomePage
from home.scaffold import prepare_hub
from tests.conftest import browse
from tests.factories import PersonFactory


def test_preparing_a_hub_twice_makes_one(home: HomePage) -> None:
    before = home.get_descendants().count()
    assert prepare_hub().pk == home.pk
    assert home.get_descendants().count() == before


def test_editors_put_dates_on_the_schedule_and_look_after_topics(home: HomePage) -> None:
    editor = PersonFactory()
    editor.groups.add(Group.objects.get(name="Editors"))
    for kind in ("surgeries/session", "core/topic", "search/synonyms"):
        assert browse(editor).get(f"/admin/snippets/{kind}/add/").status_code == 200


def test_a_new_installation_gets_its_pages_by_a_command(db: Any, capsys: Any) -> None:
    call_command("prepare_hub")
    assert "The hub is ready: http" in capsys.readouterr().out
    for address in ("/", "/communities/", "/surgeries/", "/stories/", "/guidance/", "/privacy/"):
        assert browse().get(address).status_code == 200
