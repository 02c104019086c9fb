"""Writing guidance on the pages of the hub itself."""
