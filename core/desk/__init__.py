"""The desk: where Wagtail's editor opens, with what is mine, and the help that is given there.

The desk knows no rooms. Each room says in its ``contributions.py`` what of its things lies there.
"""
