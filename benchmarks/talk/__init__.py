"""``make bench-talk``: conversations as large as a council's would be after some years, read, written and measured.

It is made by bulk inserts in a database of its own, on SQLite or, where ``DATABASE_URL`` names one, on PostgreSQL.
Its pages are asked cold and warm; then posts are written while others read.
"""
