"""People from outside: who answers for them, why they are here, and when that is looked at again."""
