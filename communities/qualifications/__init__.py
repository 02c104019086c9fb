"""Qualifications that roles demand: the catalogue, evidence, who verifies it, and what ends."""
