"""Naming members in roles, and who looks after a community when somebody goes."""
