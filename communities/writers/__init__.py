"""Where somebody writes, and which communities a page names."""
