"""Naming people, communities and roles with an @."""
