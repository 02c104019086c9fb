"""Polls in conversations: setting one up, voting, and its result."""
