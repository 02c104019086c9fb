"""Dialogue in a community: what people ask, discuss and propose, with answers that stay findable."""
