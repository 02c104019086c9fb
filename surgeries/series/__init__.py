"""Surgeries in series: a pattern gives their dates, which are sessions like any other."""
