"""Fills a hub: the demo council, small or large."""
