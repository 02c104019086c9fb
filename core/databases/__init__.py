"""Django's databases, with what the hub adds to them."""
