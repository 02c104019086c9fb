"""People and groups from the directory that an organisation has: SCIM 2.0 (RFC 7643 and 7644)."""
