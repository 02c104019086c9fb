"""A second factor beside the password: who is asked for it, how it is kept, and help for whoever lost it."""
