"""``make clean``: removes what the other commands made, after asking."""

import shutil

from tools.places import VAR, VENV
from tools.terminal import say, script


def main() -> int:
    """Name what would go, and remove it only after a yes."""
    folders = [folder for folder in (VENV, VAR) if folder.exists()]
    if not folders:
        say("There is nothing to remove.")
        return 0
    say("This removes the virtual environment, and the database with everything that was written in it:")
    for folder in folders:
        say(f"  {folder}")
    if input("Type yes to remove them: ").strip().lower() != "yes":
        say("Nothing was removed.")
        return 1
    for folder in folders:
        shutil.rmtree(folder)
    say("Removed.")
    return 0


if __name__ == "__main__":
    script(main)
