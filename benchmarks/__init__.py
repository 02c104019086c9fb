"""``make bench``: how fast the hub's pages are, beside a bare Wagtail page on the same machine in the same run.

Requests a second say little about another machine; the ratio to the bare page says much. ``baseline.json`` keeps those
ratios, so that a change that makes pages slower is seen.
"""
