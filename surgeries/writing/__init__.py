"""Starting a surgery, and writing on in it, on the pages of the hub itself."""
