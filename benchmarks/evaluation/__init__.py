"""Measures search on judged sets, through the product's own code, in an index of its own."""

from benchmarks.evaluation.experts import measure_experts
from benchmarks.evaluation.rankings import measure
from benchmarks.evaluation.sets import JudgedSet, SetError, read_archive, read_set

__all__ = ["JudgedSet", "SetError", "measure", "measure_experts", "read_archive", "read_set"]
