"""Whose word something needs before readers see it: one process for the hub's own pages and for Wagtail's editor."""
