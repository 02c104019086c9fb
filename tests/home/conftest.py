"""An index of its own for every test: what another test brought into the common one is not this one's."""

from tests.engines import own_index_for_each

__all__ = ["own_index_for_each"]
