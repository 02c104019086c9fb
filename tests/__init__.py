"""The hub's tests. The fixed cast is in conftest.py."""
