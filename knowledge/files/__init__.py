"""Uploaded files are found by what stands in them, with the page."""
