"""A real Elasticsearch for tests and development, from Maven's repository: the minimal distribution and its filters."""
