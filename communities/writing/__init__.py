"""A community writes about itself on its own page: purpose, words, topics, pictures and mandate."""
