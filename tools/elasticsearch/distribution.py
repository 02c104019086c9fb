"""Fetches the distribution, unpacks it, and gives it the word filters that it lacks."""

import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tools.places import VAR
from tools.terminal import Trouble, say

VERSION = "8.19.9"
ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
FILTERS = Path(__file__).with_name("WordFilters.java")
DESCRIPTOR = """description=The word filters of the full distribution
version=1
name=word-filters
classname=folkmoot.search.WordFilters
java.version=17
elasticsearch.version={version}
"""
NEEDED = ("java", "javac", "mvn")
HOW_TO_GET = "no Java and Maven are here to bring up Elasticsearch (Debian: apt install openjdk-17-jdk-headless maven)"


def can_be_had() -> bool:
    """Whether this machine has what it takes."""
    return all(shutil.which(name) for name in NEEDED)


def cache() -> Path:
    """Where the distribution stays between runs: root does not run Elasticsearch, and whoever does must get there."""
    return Path("/var/cache/folkmoot/elasticsearch") if os.geteuid() == 0 else VAR / "elasticsearch"


def ready(version: str = VERSION) -> Path:
    """The folder of a distribution that can be started. Takes a minute the first time, and nothing later."""
    home = cache() / f"elasticsearch-{version}"
    if not (home / "ready").exists():
        if not can_be_had():
            raise Trouble(f"There is {HOW_TO_GET}.")
        say(f"Fetching Elasticsearch {version}…")
        fetch(version, cache())
        add_filters(home, version)
        (home / "ready").touch()
    return home


def fetch(version: str, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(into / f"elasticsearch-{version}", ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        artifact = f"-Dartifact={ARTIFACT.format(version=version)}"
        run("mvn", "-q", "-B", "dependency:copy", artifact, f"-DoutputDirectory={folder}")
        with zipfile.ZipFile(next(Path(folder).glob("*.zip"))) as packed:
            packed.extractall(into)
    for script in (into / f"elasticsearch-{version}" / "bin").iterdir():
        script.chmod(0o755)


def add_filters(home: Path, version: str) -> None:
    """Compile the plugin against the distribution's own libraries."""
    plugin = home / "plugins" / "word-filters"
    plugin.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as classes:
        run("javac", "--release", "17", "-cp", f"{home}/lib/*", "-d", classes, str(FILTERS))
        run("jar", "--create", "--file", str(plugin / "word-filters.jar"), "-C", classes, ".")
    (plugin / "plugin-descriptor.properties").write_text(DESCRIPTOR.format(version=version))


def java() -> dict[str, str]:
    """The environment that names this machine's Java; the distribution brings none."""
    return {"ES_JAVA_HOME": str(Path(shutil.which("java") or "").resolve().parent.parent)}


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise Trouble(f"{said}\n\n“{command[0]}” failed, and without it there is no Elasticsearch here.")
