"""Whose word what somebody wrote for a community needs: one process for the hub’s own pages and for the editor."""
