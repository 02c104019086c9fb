"""Who may do what in Wagtail's editor with what communities look after: each only where they may."""
