"""Telling a story on the hub itself: from the template of the house, as a draft, to whoever publishes it."""
