"""Template tags that every room shares."""
