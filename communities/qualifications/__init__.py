"""Qualifications that roles demand, and who was awarded which. Their screens are ``communities.awards``."""
