"""Consent of the people whom a story names: asked before it goes out, kept, and withdrawn at any time."""
