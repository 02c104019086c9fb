"""What the run on PostgreSQL names is there: a file that is renamed does not fall out of it unseen. What belongs to one
process goes to one.
"""

import pytest
from xdist.scheduler import LoadGroupScheduling

from tests import tables
from tools.places import ROOT
from tools.selection import ONCE_ON_POSTGRESQL, WHOLE_ON_POSTGRESQL


def test_every_name_is_a_file_or_a_folder() -> None:
    assert [name for name in sorted(ONCE_ON_POSTGRESQL | WHOLE_ON_POSTGRESQL) if not (ROOT / name).exists()] == []


def test_the_group_of_a_test_is_found_in_its_name_where_tests_are_given_out(request: pytest.FixtureRequest) -> None:
    item = pytest.Function.from_parent(request.node.parent, name="test_one", callobj=lambda: None)
    item.add_marker(pytest.mark.xdist_group("tests/some.py"))
    tables.kept_together([item])
    assert LoadGroupScheduling._split_scope(None, item.nodeid) == "tests/some.py"  # type: ignore[arg-type]  # asks no self
