"""The hub in a browser: what only Chromium can say about it."""
