"""Writes to the hub while it is read, once a second until it is ended: a story is published again, somebody joins a
community, somebody leaves one; in another community each time.
"""

import time
from itertools import count

import django

EVERY = 1  # second


def main() -> None:
    django.setup()
    from communities.choices import State  # noqa: PLC0415 (needs the setup above)
    from communities.models import CommunityPage, Membership  # noqa: PLC0415 (as above)
    from communities.services import settle  # noqa: PLC0415 (as above)
    from people.models import User  # noqa: PLC0415 (as above)
    from stories.models import StoryPage  # noqa: PLC0415 (as above)

    communities = list(CommunityPage.objects.live().order_by("pk").values_list("pk", flat=True))
    people = list(User.objects.filter(is_active=True).order_by("-pk").values_list("pk", flat=True)[:200])
    for turn in count():
        community = communities[turn * 7 % len(communities)]
        person = people[turn % len(people)]
        if turn % 2 and (story := StoryPage.objects.live().filter(community=community).first()):
            story.save_revision().publish()
        elif not Membership.objects.current().filter(community=community, person=person).exists():
            Membership.objects.create(community_id=community, person_id=person, state=State.ACTIVE)
            settle([community])
        time.sleep(EVERY)


if __name__ == "__main__":
    main()
