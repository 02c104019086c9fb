"""What a service raises where it does nothing."""


class CannotPost(Exception):
    """Nothing can be written or done there by them, or no longer; the words say why."""
