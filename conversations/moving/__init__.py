"""Moving conversations to where they belong: to another community, apart, together; and locking them for a time."""
