"""Files that people upload are read for search by a process of its own, wherever they were uploaded."""
