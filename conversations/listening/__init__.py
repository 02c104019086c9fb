"""Listening against broadcasting: who speaks, who answers, and what is answered, of communities and never of people."""
