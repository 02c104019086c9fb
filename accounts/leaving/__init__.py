"""People who leave: when, what they hand over to whom, and how they come back."""
