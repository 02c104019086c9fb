"""Who gets what at the addresses of ``stories``."""

from stories.named.choices import ConsentState as Consent
from stories.named.models import NamedPerson
from tests.visibility.rows import ANYBODY, HAVE_NONE, WHO_SIGNED_IN, WRITERS, Row, by_audience, posted, same
from tests.visibility.world import MARKER, Shelf


def _named(shelf: Shelf) -> NamedPerson:
    """Somebody whom the story names, and who was asked."""
    said = {"story": shelf.story, "name": MARKER, "instead": "a resident", "state": Consent.ASKED}
    return NamedPerson.objects.get_or_create(key=shelf.story.consent_key, person=shelf.person, defaults=said)[0]


ADDRESSES: dict[str, Row] = {
    "stories/writing/": same("/stories/writing/", WHO_SIGNED_IN),
    "stories/writing/new/<any_slug:slug>/": Row(
        lambda shelf: f"/stories/writing/new/{shelf.community.slug}/", *WRITERS
    ),
    "stories/writing/<int:pk>/": Row(lambda shelf: f"/stories/writing/{shelf.story.pk}/", *WRITERS),
    "stories/writing/<int:pk>/preview/": Row(lambda shelf: f"/stories/writing/{shelf.story.pk}/preview/", *WRITERS),
    "stories/writing/<int:pk>/take-back/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/take-back/", *posted("302"), "post"
    ),
    "stories/writing/<int:pk>/back/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/back/", *posted("302"), "post"
    ),
    "stories/writing/<int:pk>/discard/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/discard/", *posted("302"), "post"
    ),
    "stories/writing/<int:pk>/names/": Row(lambda shelf: f"/stories/writing/{shelf.story.pk}/names/", *WRITERS),
    "stories/writing/<int:pk>/names/ask/": Row(
        lambda shelf: f"/stories/writing/{shelf.story.pk}/names/ask/", *posted("302"), "post"
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
}

PAGES: dict[str, Row] = {
    "stories.StoryIndexPage": same("/stories/", ANYBODY),
    "stories.StoryPage": by_audience(lambda shelf: shelf.story.url),
}
