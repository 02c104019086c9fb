"""A stock Django forum with the same talk: django-machina, in a virtual environment of its own, in the same run.

Its modules run there and import nothing of the hub. Misago was looked at, too: it asks for Django 4.2.8 and Redis, and
is a site of its own, so that nothing of it could be measured beside Django 5.2.
"""
