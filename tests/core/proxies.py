"""What stands between a browser and the hub."""


def as_proxies_write(tag: str) -> list[str]:
    """An ETag as it comes back: as it was, weak where nginx compressed, with a word where Apache did."""
    return [tag, f"W/{tag}", f'W/"another", {tag[:-1]}-gzip"']
