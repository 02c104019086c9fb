"""``make lint``'s question about imports: does every arrow point down, and does none go round in a circle?

The contracts are made from the list of rooms in ``hub/rooms.py``, so that a new room stands in one place.
"""

import configparser
import subprocess

from hub.rooms import LAYERS, ROOMS
from tools.places import PYTHON, ROOT, VAR
from tools.terminal import script

CONFIGURATION = VAR / "cache" / "importlinter.ini"


def main() -> int:
    """0 when every contract is kept."""
    CONFIGURATION.parent.mkdir(parents=True, exist_ok=True)
    with CONFIGURATION.open("w") as file:
        contracts().write(file)
    cache = ["--cache-dir", str(VAR / "cache" / "imports")]
    command = [str(PYTHON.with_name("lint-imports")), "--config", str(CONFIGURATION), *cache]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def contracts() -> configparser.ConfigParser:
    """What holds for every room."""
    layers = [("hub",), *LAYERS]
    made = configparser.ConfigParser()
    made["importlinter"] = {"root_packages": lines(["hub", *ROOMS]), "exclude_type_checking_imports": "true"}
    made["importlinter:contract:house"] = {
        "name": "The order of the house: an import only ever points down, and nobody imports settings",
        "type": "layers",
        "layers": lines([" | ".join(layer) for layer in layers]),
    }
    made["importlinter:contract:tokens"] = {
        "name": "What stores and ranks knows no rule of audiences, only tokens",
        "type": "forbidden",
        "source_modules": lines(["indexing"]),
        "forbidden_modules": lines(["core.audiences", "core.models"]),
        "allow_indirect_imports": "true",
    }
    made["importlinter:contract:circles"] = {
        "name": "No circles inside a room",
        "type": "acyclic_siblings",
        "ancestors": lines(["hub", *ROOMS]),
    }
    return made


def lines(values: list[str]) -> str:
    return "\n" + "\n".join(values)


if __name__ == "__main__":
    script(main)
