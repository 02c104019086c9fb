"""Measures search on judged sets, through the product's own code, in an index of its own."""

from search.evaluation.experts import measure_experts
from search.evaluation.halves import measure
from search.evaluation.sets import JudgedSet, SetError, read_archive, read_set

__all__ = ["JudgedSet", "SetError", "measure", "measure_experts", "read_archive", "read_set"]
