"""Whom a story names: the list, the name in a text, and the gate. It knows nothing of the page that it stands below."""
