"""Reads files that anybody may have made, in a process of its own that has limits and knows nothing of the hub.

Nothing here imports Django, so that the process starts at once and has no setting or connection of the hub at hand.
``core.files.extraction`` starts it.
"""
