"""One page from which somebody looks after their account."""
