"""Giving evidence of qualifications, verifying it, and what follows for roles."""
