"""Two kinds of notices to play with: one is addressed to people, one is for a community."""

from collections.abc import Iterator

import pytest

from core.notices import Importance, NoticeKind
from tests.notifications.kinds import POSTED, added, to_whom


@pytest.fixture
def sent() -> Iterator[NoticeKind]:
    with added(recipients=to_whom) as kind:
        yield kind


@pytest.fixture
def posted() -> Iterator[NoticeKind]:
    with added(
        name=POSTED,
        label="Posted",
        community=lambda event: int(event.subject_pk),
        importance=Importance.MATTERS,
    ) as kind:
        yield kind
