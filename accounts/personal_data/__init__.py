"""What is held of somebody: the page that says so, a copy of it, and erasure. All three read ``core.holdings``."""
