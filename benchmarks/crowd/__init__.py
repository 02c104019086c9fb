"""A crowd that reads, searches and writes at once on the production server: does it hold, and is nothing lost?"""
