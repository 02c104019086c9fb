"""Which of somebody's things are asked about, however many there are."""

from datetime import date, timedelta

from hypothesis import given, strategies as st

from reading.interests import ASKED_ABOUT, OF_A_REASON, Interest, newest

REASONS = ("wrote", "helps", "keeps", "joined", "saved", "read")
interests = st.lists(
    st.builds(
        Interest,
        key=st.uuids().map(str),
        why=st.sampled_from(REASONS),
        since=st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 12, 31)),
    ),
    max_size=60,
)


@given(interests)
def test_never_too_many_never_twice_and_always_the_first_of_each_reason(found: list[Interest]) -> None:
    chosen = newest(found)
    assert len(chosen) <= ASKED_ABOUT
    assert len({interest.key for interest in chosen}) == len(chosen)
    for why in REASONS:
        of_it = [interest for interest in found if interest.why == why]
        assert set(of_it[:1]) <= set(chosen)
        assert {interest for interest in chosen if interest.why == why} <= set(of_it[:OF_A_REASON])


def test_what_was_read_today_does_not_hide_what_was_written_years_ago() -> None:
    today = date(2026, 11, 22)
    read = [Interest(f"read {n}", "read", today - timedelta(days=n)) for n in range(30)]
    wrote = Interest("wrote", "wrote", date(2019, 5, 1))
    assert wrote in newest([*read, wrote])
    assert len(newest([*read, wrote])) == OF_A_REASON + 1
