"""A community writes about itself on its own page; where somebody writes, and which communities a page names."""
