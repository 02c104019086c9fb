"""People from a file: read, checked line by line, shown, and taken over in one step or not at all."""
