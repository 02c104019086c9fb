"""``make bench-search``: how search bears it when there is more and more to find, on every engine, in one run.

The same questions are asked of the embedded engine, of Elasticsearch and of Wagtail's own search in the database, over
the same invented documents. ``results.json`` beside this file keeps the last full run; ``docs/search-speed.md`` shows
it.
"""
