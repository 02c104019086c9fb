"""Saying that one is away, who stands in, and what each reader sees of it."""
