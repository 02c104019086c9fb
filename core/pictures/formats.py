"""Formats that Pillow opens in the hub's own processes. EPS alone would start Ghostscript."""

from PIL import Image

KNOWN = ("JPEG", "MPO", "PNG", "WEBP", "HEIF")


def keep_to_known_formats() -> None:
    """Make Pillow forget how to open every other format, whichever form or library asks it."""
    Image.init()  # loads all; it does so once, so that none comes back
    Image.ID[:] = [name for name in Image.ID if name in KNOWN]
    for name in set(Image.OPEN) - set(KNOWN):
        del Image.OPEN[name]
