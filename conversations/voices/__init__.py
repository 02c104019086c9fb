"""Whose voice a post is: its author's own, or that of a community, by a right that its author has."""
