"""Reports of posts, what is decided about them, and appeals."""
