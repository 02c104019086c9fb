"""One person thanks another for a named thing, or in words: openly or between the two of them."""
