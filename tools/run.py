"""``make run``: everything that a fresh machine needs before the hub answers, and then the hub."""

import hashlib
import os
import socket
import subprocess

from tools.places import PYTHON, ROOT, VAR
from tools.terminal import Trouble, say, script

PREPARED = VAR / "prepared"


def main() -> int:
    """Prepare what is missing, name the address and the people, and serve until Ctrl-C."""
    host, port = os.environ.get("HOST", "127.0.0.1"), chosen_port()
    check_port(host, port)
    address = f"http://{host}:{port}/"
    os.environ.setdefault("BASE_URL", address.rstrip("/"))
    VAR.mkdir(exist_ok=True)
    prepare()
    say(f"\nThe hub is at {address} (Ctrl-C stops it; what you write in it stays).\n")
    return serve(f"{host}:{port}")


def serve(where: str) -> int:
    """Serve until Ctrl-C, which is the usual end and no error. What has its time, such as e-mails, has it meanwhile."""
    timetable = begin("timetable")
    try:
        return manage("runserver", "--noreload", "--skip-checks", where)
    except KeyboardInterrupt:
        say("\nThe hub has stopped.")
        return 0
    finally:
        timetable.terminate()
        timetable.wait()


def chosen_port() -> int:
    wish = os.environ.get("PORT", "8000")
    if not wish.isdigit() or not 0 < int(wish) < 65536:
        raise Trouble(f"PORT must be a number from 1 to 65535, not “{wish}”: PORT=8001 make run")
    return int(wish)


def check_port(host: str, port: int) -> None:
    """Ask before the long work, not after it, whether the hub can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(f"Only the system may use port {port}. Take a higher one: PORT=8001 make run") from error
        except OSError as error:
            raise Trouble(
                f"Port {port} of {host} cannot be used ({error.strerror}); perhaps a hub runs already. "
                f"Take another one: PORT={port + 1} make run"
            ) from error


def prepare() -> None:
    """Make the database, load the demo and build the index, as far as an earlier run has not done so."""
    finished = PREPARED.exists() and PREPARED.read_text() == fingerprint()
    if not finished:
        say("Making the database…")
        must("migrate", "--verbosity", "0")
    must("load_demo", "--no-index")
    if not finished:
        index()
        PREPARED.write_text(fingerprint())


def index() -> None:
    """Build the search index unless it fits the database."""
    say("Looking after the search index…")
    if manage("search", "check", quiet=True):
        must("search", "rebuild")


def fingerprint() -> str:
    """Changes when there is another database, a new migration, another shape of the index, or no database any more."""
    migrations = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("*/migrations/*.py"))
    dotenv = ROOT / ".env"
    settings = [os.environ.get("DATABASE_URL", ""), dotenv.read_text() if dotenv.exists() else ""]
    settings.append((ROOT / "indexing" / "engines" / "embedded" / "store.py").read_text())
    files = [str(path.exists()) for path in (VAR / "hub.sqlite3", VAR / "search")]
    return hashlib.sha256("\0".join(migrations + settings + files).encode()).hexdigest()


def must(*arguments: str) -> None:
    """Run a command of the hub that the next step depends on."""
    if manage(*arguments):
        raise Trouble(f"“manage.py {' '.join(arguments)}” did not get to its end; see above. Then run make run again.")


def manage(*arguments: str, quiet: bool = False) -> int:
    """Run a command of the hub; its exit status."""
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=environment(), capture_output=quiet, check=False
    ).returncode


def begin(*arguments: str) -> "subprocess.Popen[bytes]":
    """Run a command of the hub beside this one."""
    return subprocess.Popen(command(*arguments), cwd=ROOT, env=environment())


def command(*arguments: str) -> list[str]:
    return [str(PYTHON), "manage.py", *arguments]


def environment() -> dict[str, str]:
    return {"PYTHONUNBUFFERED": "1", "DJANGO_RUNSERVER_HIDE_WARNING": "true", **os.environ}


if __name__ == "__main__":
    script(main)
