"""Inviting people: who has an account is asked in the hub, and everybody else gets a link by e-mail."""
