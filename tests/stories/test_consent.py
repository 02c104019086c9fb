"""Nobody stands in a story who did not agree to it, and whoever takes it back is gone from every version."""

import json
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Revision

from communities.content_writing import services as writing
from communities.models import CommunityPage
from core.audiences import Audience
from core.editing.publishing import PublishWhatIsReady
from core.outbox import drain
from core.writing.merging import fingerprint
from notifications.models import Happening
from people.models import User
from stories.consent import services
from stories.models import StoryIndexPage, StoryPage
from stories.named.choices import AskedBy, ConsentState
from stories.named.models import NamedPerson
from stories.writing.kinds import WRITING
from tests.conftest import browse
from tests.factories import PersonFactory, StoryFactory, tell
from tests.replay import replayed

SAID = {
    "name": "Wilhelmina Quill",
    "also": "Minnie",
    "instead": "a resident",
    "on_picture": False,
    "way": AskedBy.HUB,
    "given_on": None,
    "kept_by": "",
}


FORMS = ("quill", "minnie", "wilhelmina")


@pytest.fixture
@replayed
def mina(home: Any) -> User:
    return PersonFactory(first_name="Wilhelmina", last_name="Quill")


@pytest.fixture
@replayed
def story(community: CommunityPage, asha: User) -> StoryPage:
    """A draft that names her everywhere that a draft can."""
    page = StoryFactory(
        community=community,
        live=False,
        owner=asha,
        title="Minnie’s lamp",
        slug="minnie-s-lamp",
        summary="Wilhelmina Quill lit the lane.",
        need="<p>The lane was dark.</p>",
        what_we_did="<p>We asked <b>Wilhelmina</b> Quill, and Mrs Quill said yes.</p>",
        quote="It was dark, wilhelmina quill said.",
        quoted="W. Quill",
        search_description="How Minnie did it",
        audience=Audience.ORGANISATION,
    )
    tell(page, asha)
    page.save_revision(user=asha)
    return StoryPage.objects.get(pk=page.pk)


def name(story: StoryPage, by: User, person: User | None, **more: Any) -> NamedPerson:
    return services.put(story, None, {**SAID, "person": person, **more}, by)


def seen_by(person: User, named: NamedPerson) -> str:
    page = browse(person).get(f"/stories/consent/{named.pk}/")
    return str(page.context["form"]["seen"].value())


def reply(person: User, named: NamedPerson, answer: str, **more: str) -> Any:
    with TestCase.captureOnCommitCallbacks(execute=True):
        data = {"answer": answer, "seen": seen_by(person, named), "word": "", **more}
        return browse(person).post(f"/stories/consent/{named.pk}/", data)


# -- doors and states --------------------------------------------------------------------------------------------------
def newest(story: StoryPage) -> Revision:
    revision = StoryPage.objects.get(pk=story.pk).latest_revision
    assert revision is not None
    return revision


def front(story: StoryPage, by: User) -> None:
    writing.publish(WRITING, story, fingerprint(WRITING.kind.values_of(newest(story).as_object())), by)


def api(story: StoryPage, by: User) -> None:
    newest(story).publish(user=by, skip_permission_checks=True)


def by_date(story: StoryPage, by: User) -> None:
    Revision.objects.filter(pk=newest(story).pk).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled", stdout=StringIO(), stderr=StringIO())


def bulk(story: StoryPage, by: User) -> None:
    hub_team = User.objects.create_superuser("bulk@example.org", "a long password")
    PublishWhatIsReady.execute_action([], user=hub_team)
    PublishWhatIsReady.execute_action([StoryIndexPage.objects.get()], include_descendants=True, user=hub_team)


def reverted(story: StoryPage, by: User) -> None:
    page = newest(story).as_object()
    page.save_revision(user=by, previous_revision=newest(story)).publish(user=by, skip_permission_checks=True)


DOORS: dict[str, Callable[[StoryPage, User], None]] = {
    "front": front,
    "code": api,
    "date": by_date,
    "bulk": bulk,
    "reverted": reverted,
}
STATES = ("waiting", "asked", "agreed", "agreed to other words", "agreed to fewer readers", "no", "withdrawn")
GOES_OUT = {"agreed", "no", "withdrawn"}


def bring_about(state: str, story: StoryPage, asha: User, mina: User) -> NamedPerson:
    named = name(story, asha, mina)
    if state != "waiting":
        services.ask(story, named, asha)
    if state.startswith("agreed") or state == "withdrawn":
        reply(mina, named, "yes")
    if state == "no":
        reply(mina, named, "no")
    if state == "withdrawn":
        browse(mina).post(f"/stories/consent/{named.pk}/withdraw/")
    page = newest(story).as_object()
    if state == "agreed to other words":
        page.need = "<p>Quill was rude.</p>"
        page.save_revision(user=asha)
    if state == "agreed to fewer readers":
        page.audience = Audience.EVERYONE
        page.save_revision(user=asha)
    return named


@pytest.mark.parametrize("state", STATES)
def test_no_door_lets_a_story_out_before_everybody_has_answered(
    state: str, story: StoryPage, asha: User, mina: User
) -> None:
    bring_about(state, story, asha, mina)
    for door in DOORS.values():
        with transaction.atomic():
            with suppress(ValidationError):
                door(story, asha)
            assert StoryPage.objects.get(pk=story.pk).live == (state in GOES_OUT), door
            transaction.set_rollback(True)


def test_a_copy_is_no_way_round_it(story: StoryPage, asha: User, mina: User) -> None:
    named = name(story, asha, mina)
    StoryPage.objects.filter(pk=story.pk).update(live=True)
    live = StoryPage.objects.get(pk=story.pk)
    assert not live.copy(update_attrs={"slug": "other", "title": "Other"}, user=asha).live
    services.take_out(story, named, asha)
    copied = StoryPage.objects.get(pk=story.pk).copy(update_attrs={"slug": "another"}, user=asha)
    assert copied.live
    assert "Quill" not in copied.text


def test_the_form_says_who_has_not_answered(story: StoryPage, asha: User, mina: User) -> None:
    name(story, asha, mina)
    page = browse(asha).get(f"/stories/writing/{story.pk}/")
    assert "Wilhelmina Quill" in page.content.decode()
    assert f"/stories/writing/{story.pk}/names/" in page.content.decode()


# -- asking and answering ----------------------------------------------------------------------------------------------
def test_mina_is_asked_with_the_very_words_and_nobody_else_reads_them(
    story: StoryPage, asha: User, mina: User, carys: User
) -> None:
    name(story, asha, mina)
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(asha).post(f"/stories/writing/{story.pk}/names/ask/")
    drain("notices")
    named = NamedPerson.objects.get()
    assert named.state == ConsentState.ASKED
    page = browse(mina).get(f"/stories/consent/{named.pk}/")
    assert any("Mrs Quill said yes" in passage for passage in page.context["passages"])
    assert "The lane was dark" not in page.content.decode()
    assert browse(carys).get(f"/stories/consent/{named.pk}/").status_code == 404
    assert browse(asha).get(f"/stories/consent/{named.pk}/").status_code == 404
    assert Happening.objects.filter(kind="stories.consent_asked").exists()


@pytest.mark.parametrize("settles", ["she agrees", "her name is taken out"])
def test_what_she_is_asked_is_counted_beside_her_face_until_it_is_settled(
    settles: str, story: StoryPage, asha: User, mina: User
) -> None:
    named = name(story, asha, mina)
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.ask(story, named, asha)
    assert browse(mina).get("/inbox/new/").json()["new"] == 1
    if settles == "she agrees":
        reply(mina, named, "yes")
    else:
        services.take_out(story, named, asha)
    assert browse(mina).get("/inbox/new/").json()["new"] == 0


def test_words_that_changed_while_she_read_are_read_again(story: StoryPage, asha: User, mina: User) -> None:
    named = name(story, asha, mina)
    services.ask(story, named, asha)
    seen = seen_by(mina, named)
    page = newest(story).as_object()
    page.summary = "Wilhelmina Quill broke the lamp."
    page.save_revision(user=asha)
    answer = browse(mina).post(f"/stories/consent/{named.pk}/", {"answer": "yes", "seen": seen})
    assert answer.status_code == 409
    assert NamedPerson.objects.get().state == ConsentState.ASKED


def test_the_no_takes_effect_at_once_and_its_word_reaches_the_writer(story: StoryPage, asha: User, mina: User) -> None:
    named = name(story, asha, mina)
    services.ask(story, named, asha)
    reply(mina, named, "no", word="Please not.")
    draft = newest(story).as_object()
    assert draft.title == "A resident’s lamp"
    assert "Quill" not in str(newest(story).content)
    assert NamedPerson.objects.get().word == "Please not."


def test_whoever_is_outside_agrees_in_writing_on_a_day_kept_by_somebody(story: StoryPage, asha: User) -> None:
    sent = {"name": "Wilhelmina Quill", "also": "Minnie", "instead": "a resident", "way": "writing"}
    address = f"/stories/writing/{story.pk}/names/"
    assert browse(asha).post(address, sent).status_code == 422
    kept = {**sent, "given_on": "2026-01-05", "kept_by": "Asha, blue folder"}
    assert browse(asha).post(address, kept).status_code == 302
    api(story, asha)
    assert StoryPage.objects.get(pk=story.pk).live


def test_a_name_of_the_hub_in_the_text_is_pointed_out(story: StoryPage, asha: User, mina: User) -> None:
    page = browse(asha).get(f"/stories/writing/{story.pk}/names/")
    assert page.context["unlisted"] == ["Wilhelmina Quill"]
    name(story, asha, mina)
    assert browse(asha).get(f"/stories/writing/{story.pk}/names/").context["unlisted"] == []


def test_what_to_say_instead_does_not_say_the_name(story: StoryPage, asha: User, mina: User) -> None:
    sent = {"name": "Wilhelmina Quill", "instead": "Mrs Quill", "way": "hub"}
    answer = browse(asha).post(f"/stories/writing/{story.pk}/names/", sent)
    assert "instead" in answer.context["form"].errors


# -- gone --------------------------------------------------------------------------------------------------------------
def publish_with_her(story: StoryPage, asha: User, mina: User) -> NamedPerson:
    named = bring_about("agreed", story, asha, mina)
    with TestCase.captureOnCommitCallbacks(execute=True):
        api(story, asha)
    page = StoryPage.objects.get(pk=story.pk)
    page.title = "Minnie again"
    page.save_revision(user=asha, log_action=True)
    page.copy(update_attrs={"slug": "quill-copy", "live": False}, keep_live=False, user=asha)
    return named


def left(*names: str) -> set[tuple[str, str]]:
    """In which columns of the whole database, her own account aside, one of the names stands."""
    out = StringIO()
    call_command("dumpdata", "--exclude", "people.user", "--exclude", "account", "--exclude", "sessions", stdout=out)
    rows = json.loads(out.getvalue())
    found = ((row["model"], column, str(value).casefold()) for row in rows for column, value in row["fields"].items())
    return {(model, column) for model, column, text in found if any(name in text for name in names or FORMS)}


def test_the_name_goes_from_every_row_page_feed_and_search(story: StoryPage, asha: User, mina: User) -> None:
    named = publish_with_her(story, asha, mina)
    assert len(left()) > 5
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(mina).post(f"/stories/consent/{named.pk}/withdraw/")
    assert left() == set()
    live = StoryPage.objects.get(pk=story.pk)
    assert live.live
    assert browse(asha).get(live.url).status_code == 200
    for address in (live.url, "/stories/", story.community.url):
        page = browse(asha).get(address).content.decode().casefold()
        assert "minnie" not in page
        assert "quill" not in page


def test_search_finds_her_no_more_in_it(story: StoryPage, asha: User, mina: User) -> None:
    named = publish_with_her(story, asha, mina)
    found = browse(asha).get("/search/", {"q": "Wilhelmina Quill lamp"}).content.decode()
    assert "lit the lane" in found
    with TestCase.captureOnCommitCallbacks(execute=True):
        browse(mina).post(f"/stories/consent/{named.pk}/withdraw/")
    found = browse(asha).get("/search/", {"q": "resident lit the lane"}).content.decode()
    assert "Quill lit" not in found
    assert "Minnie" not in found


def test_what_somebody_had_open_meanwhile_does_not_bring_her_back(story: StoryPage, asha: User, mina: User) -> None:
    named = publish_with_her(story, asha, mina)
    open_in_the_editor = newest(story).as_object()
    services.take_out(story, named, asha)
    open_in_the_editor.save_revision(user=asha).publish(user=asha, skip_permission_checks=True)
    assert left() == set()


def test_an_erased_account_is_named_nowhere(story: StoryPage, asha: User, mina: User) -> None:
    publish_with_her(story, asha, mina)
    mina.delete()
    assert left() == set()
    assert NamedPerson.objects.get().state == ConsentState.WITHDRAWN


def test_the_photograph_goes_where_she_agrees_to_her_name_alone(story: StoryPage, asha: User, mina: User) -> None:
    page = newest(story).as_object()
    file = get_test_image_file(filename="lamp.png")
    page.picture = get_image_model().objects.create(title="Quill at the lamp", description="Quill", file=file)
    page.save_revision(user=asha)
    named = name(story, asha, mina, on_picture=True)
    services.ask(story, named, asha)
    reply(mina, named, "without")
    assert newest(story).as_object().picture is None
    api(story, asha)
    assert StoryPage.objects.get(pk=story.pk).live
