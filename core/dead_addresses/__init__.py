"""Addresses to which no e-mail goes any more, because mail servers said that nobody is there.

A server says so at once (``refusals``), or takes the e-mail and sends it back (``returned``, ``manage.py
read_bounces``). The hub team sees them among the reports, and has each tried again.
"""
