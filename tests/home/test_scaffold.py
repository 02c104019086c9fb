"""What every hub starts from."""

from django.contrib.auth.models import Group

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
    addresses = ("/admin/snippets/surgeries/session/add/", "/admin/snippets/hub/topic/")
    assert [browse(editor).get(address).status_code for address in addresses] == [200, 200]
