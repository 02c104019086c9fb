"""Reads an archive of another site and writes it into the hub."""
