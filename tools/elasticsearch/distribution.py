"""Fetches the distribution, unpacks it, and gives it the word filters that it lacks."""

import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tools.elasticsearch import java
from tools.places import VAR
from tools.terminal import Trouble, say

VERSION = "8.19.9"
NEXT = "9.4.3"  # the other major version that the hub runs with
ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:{version}:zip"
FILTERS = Path(__file__).with_name("WordFilters.java")
DESCRIPTOR = """description=The word filters of the full distribution
version=1
name=word-filters
classname=folkmoot.search.WordFilters
java.version={java}
elasticsearch.version={version}
"""


def lacking(version: str = VERSION) -> str:
    """What this machine has not and would need to bring up a version, in words; empty where nothing is missing."""
    if java.home(version) is None:
        return without_java(version)
    if not is_ready(version) and shutil.which("mvn") is None:
        return f"no Maven is here to fetch Elasticsearch {version} (Debian: apt install maven)"
    return ""


def without_java(version: str) -> str:
    """The sentence for a machine that has no Java, or one that is too old."""
    return f"no Java {java.needed(version)} or newer, with its compiler, is here to bring up Elasticsearch {version}"


def cache() -> Path:
    """Where the distribution stays between runs: root does not run Elasticsearch, and whoever does must get there."""
    return Path("/var/cache/folkmoot/elasticsearch") if os.geteuid() == 0 else VAR / "elasticsearch"


def ready(version: str = VERSION) -> Path:
    """The folder of a distribution that can be started. Takes a minute the first time, and nothing later."""
    if missing := lacking(version):
        raise Trouble(f"Elasticsearch cannot be had: {missing}.")
    if not is_ready(version):
        say(f"Fetching Elasticsearch {version}…")
        fetch(version, cache())
        add_filters(home_of(version), version)
        (home_of(version) / "ready").touch()
    return home_of(version)


def is_ready(version: str) -> bool:
    return (home_of(version) / "ready").exists()


def home_of(version: str) -> Path:
    return cache() / f"elasticsearch-{version}"


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
    """Compile the plugin against the distribution's own libraries, for the oldest Java that it runs on."""
    plugin, oldest = home / "plugins" / "word-filters", java.needed(version)
    plugin.mkdir(parents=True, exist_ok=True)
    tools = java_home(version) / "bin"
    with tempfile.TemporaryDirectory() as classes:
        run(f"{tools}/javac", "--release", str(oldest), "-cp", f"{home}/lib/*", "-d", classes, str(FILTERS))
        run(f"{tools}/jar", "--create", "--file", str(plugin / "word-filters.jar"), "-C", classes, ".")
    (plugin / "plugin-descriptor.properties").write_text(DESCRIPTOR.format(version=version, java=oldest))


def java_home(version: str) -> Path:
    """The Java that a version runs on; Trouble where there is none."""
    found = java.home(version)
    if found is None:
        raise Trouble(f"Elasticsearch cannot be had: {lacking(version)}.")
    return found


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise Trouble(f"{said}\n\n“{Path(command[0]).name}” failed, and without it there is no Elasticsearch here.")
