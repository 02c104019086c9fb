"""What the processes of one hub do in ``test_processes``: run by name, each in a process of its own."""

import sys

import django


def prepare() -> None:
    """An empty hub with a community and five stories that everybody will write in."""
    from communities.models import CommunityIndexPage, CommunityPage
    from core.audiences import Audience
    from home.scaffold import prepare_hub

    prepare_hub()
    index = CommunityIndexPage.objects.get()
    index.add_child(instance=CommunityPage(title="Bakers", slug="bakers", audience=Audience.EVERYONE))
    for number in range(5):
        tell(f"shared-{number}", f"Shared loaf {number}")


def tell(slug: str, title: str) -> None:
    from communities.models import CommunityPage
    from core.audiences import Audience
    from stories.models import StoryIndexPage, StoryPage

    story = StoryPage(slug=slug, title=title, audience=Audience.EVERYONE, community=CommunityPage.objects.get())
    StoryIndexPage.objects.get().add_child(instance=story)
    story.save_revision().publish()


def write(who: str) -> None:
    """Tell stories of one's own, and rename the shared ones again and again, as the others do at the same time."""
    from django.db import transaction
    from wagtail.models import Page

    from stories.models import StoryPage

    for number in range(8):
        with transaction.atomic():
            Page.objects.select_for_update().get(depth=1)  # Wagtail's tree grows in one place at a time
            tell(f"own-{who}-{number}", f"Loaf {number} of baker {who}")
        for story in StoryPage.objects.filter(slug__startswith="shared-"):
            story.title = f"Round {number} by baker {who}"
            story.save_revision().publish()


def hide() -> None:
    """Make one of the shared stories private."""
    from core.audiences import Audience
    from stories.models import StoryPage

    story = StoryPage.objects.get(slug="shared-0")
    story.audience = Audience.MEMBERS
    story.save_revision().publish()


def titles() -> None:
    """Say what the shared stories are called now."""
    from stories.models import StoryPage

    sys.stdout.write("\n".join(StoryPage.objects.filter(slug__startswith="shared-").values_list("title", flat=True)))


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "write": write, "hide": hide, "titles": titles}[sys.argv[1]](*sys.argv[2:])
