"""Writing on the pages of the hub itself, in plain boxes that any phone has.

What is written there is saved and published as Wagtail's editor does it: one page, one history, two doors.
"""
