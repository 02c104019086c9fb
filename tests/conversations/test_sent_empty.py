"""Every form that is sent with nothing in it says in the house's own words what to do."""

from django.utils.translation import gettext

from conversations.choices import Kind
from conversations.models import Guest
from people.models import User
from tests.conftest import browse
from tests.conversations.pressing import Scene, scene, with_guest
from tests.conversations.saying import begun

__all__ = ["scene"]


def test_whoever_fills_in_nothing_reads_what_to_do(scene: Scene, community, private_community) -> None:
    with_guest(scene)
    consultation = begun(community, scene.bryn, Kind.CONSULTATION)
    guest = f"{scene.question.url}guests/{Guest.objects.get().pk}/keep/"
    forms: list[tuple[User, str]] = [
        *((scene.asha, f"{scene.question.url}{deed}/") for deed in ("close", "lock", "split", "move", "guests")),
        (scene.asha, f"{scene.other.url}merge/"),
        (scene.asha, f"{scene.idea.url}stage/"),
        (scene.asha, guest),
        (scene.bryn, f"{scene.idea.url}poll/new/"),
        (scene.bryn, f"{consultation.url}closing-day/"),
        (scene.bryn, f"{scene.question.url}ask-back/"),
        (scene.carys, f"{scene.question.url}withdraw/"),
        (scene.carys, f"/conversations/posts/{scene.post.pk}/flag/"),
        (scene.carys, f"/conversations/in/{community.slug}/new/"),
        (scene.carys, scene.question.url),
        (scene.asha, "/conversations/delegates/"),
        (scene.carys, f"/thanks/give/?to={scene.bryn.slug}"),
    ]
    usual = gettext("This field is required.")
    wrong = []
    for person, url in forms:
        answer = browse(person).post(url, {"nothing": ""})
        if answer.status_code != 422 or usual in answer.content.decode():
            wrong.append((url, answer.status_code))
    assert wrong == []
