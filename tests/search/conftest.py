"""Every engine, empty, and an index of its own for every test."""

from tests.engines import cluster_url, engine, own_index_for_each

__all__ = ["cluster_url", "engine", "own_index_for_each"]
