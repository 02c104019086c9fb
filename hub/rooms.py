"""The rooms of the house, from the top one to the bottom one: the only place where their order is written.

An import only ever points down. Settings, the order that ``make lint`` checks, types, coverage and migrations all read
this list. ``python -m hub.rooms`` prints it. Imports no Django.
"""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("demo",),
    ("importing",),
    ("home",),
    ("notifications",),
    ("reports",),
    ("conversations", "knowledge", "surgeries", "stories"),  # none of these knows the others
    ("accounts",),
    ("communities",),
    ("thanks",),
    ("people",),
    ("reading",),
    ("search",),
    ("indexing",),
    ("design",),
    ("core",),
)
"""The installed rooms. Above them stands ``hub``, the project, which may know every room and which no room may know."""

ROOMS: list[str] = [room for layer in LAYERS for room in layer]

if __name__ == "__main__":
    print("hub", *ROOMS)  # noqa: T201 (for make)
