"""The hub as an app on a phone: its manifest, its icons, and the worker that knows what to show without a network."""
