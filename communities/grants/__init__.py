"""What the organisation allows a community, on whose authority, from when until when."""
