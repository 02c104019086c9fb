"""You said, we did: the stages of ideas and consultations, and what came of them."""
