"""What ``make run`` looks at before it serves."""

from tools import run


def test_what_it_prepared_is_known_again():
    assert run.fingerprint() == run.fingerprint()
