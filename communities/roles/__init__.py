"""The catalogue of roles, naming members in them, and what they say to what a role asks."""
