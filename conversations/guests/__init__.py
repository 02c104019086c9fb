"""People from outside who are invited to one conversation, and see nothing else."""
