"""Qualifications that roles demand: who has which, on what evidence, verified by whom, and until when."""
