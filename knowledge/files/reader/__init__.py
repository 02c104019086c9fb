"""Reads files that anybody may have made, in a process of its own that has limits and knows nothing of the hub.

Nothing here imports Django, so that the process starts at once, and holds no secret that a hostile file could be after.
``knowledge.files.reading`` starts it.
"""
