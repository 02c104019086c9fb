"""Asking to be named as somebody who knows about a topic, answered by the stewards of a community that is about it."""
