"""The engine that needs no server: one SQLite file, and one matrix of vectors derived from it."""

from indexing.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
