"""What the run on PostgreSQL names is there: a file that is renamed does not fall out of it unseen."""

from tools.places import ROOT
from tools.selection import ONCE_ON_POSTGRESQL, WHOLE_ON_POSTGRESQL


def test_every_name_is_a_file_or_a_folder() -> None:
    assert [name for name in sorted(ONCE_ON_POSTGRESQL | WHOLE_ON_POSTGRESQL) if not (ROOT / name).exists()] == []
