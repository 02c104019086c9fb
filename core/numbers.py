"""Numbers that a database takes."""

LARGEST = 2**63 - 1
"""Of a key: an address may hold a larger one, which no row has."""
