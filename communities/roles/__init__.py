"""Roles: what there is to be in a community, what it asks of people, and who holds it."""
