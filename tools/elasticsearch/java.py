"""Finds a Java that is new enough for a version of Elasticsearch; the distribution brings none."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

OLDEST = 17
SINCE = {9: 21}  # from which version of Elasticsearch on it must be newer
WHERE = ("/usr/lib/jvm/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")


def needed(version: str) -> int:
    """The oldest Java that this version of Elasticsearch runs on."""
    major = int(version.partition(".")[0])
    return max((java for since, java in SINCE.items() if major >= since), default=OLDEST)


def home(version: str) -> Path | None:
    """The first Java on this machine that will do."""
    return next((java for java in installed() if release(java) >= needed(version)), None)


def installed() -> Iterator[Path]:
    """What ``JAVA_HOME`` names, what the ``PATH`` leads to, then what else there is, the oldest first."""
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    if found := shutil.which("java"):
        yield Path(found).resolve().parent.parent
    yield from sorted((each for pattern in WHERE for each in Path("/").glob(pattern[1:])), key=release)


def release(java: Path) -> int:
    """Its major version, as the file ``release`` in its folder says; 0 where there is no compiler to be had."""
    try:
        said = (java / "release").read_text()
    except OSError:
        return 0
    version = re.search(r'^JAVA_VERSION="(\d+)', said, re.MULTILINE)
    return int(version[1]) if version and (java / "bin" / "javac").exists() else 0
