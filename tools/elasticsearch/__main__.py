"""``make elasticsearch [NODES=3] [VERSION=9.4.3]``: a cluster here until Ctrl-C, and how to let the hub use it."""

import os
import signal
import sys

from tools.elasticsearch import distribution
from tools.elasticsearch.nodes import running
from tools.terminal import say, script


def main() -> int:
    """Serve until somebody stops it."""
    count = int(os.environ.get("NODES", "1"))
    version = os.environ.get("VERSION") or distribution.VERSION
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the nodes go, too
    with running(count, secured=count > 1, version=version, java_options="") as servers:
        say(f"Elasticsearch {version} runs with {count} {'node' if count == 1 else 'nodes'}. In another terminal:\n")
        say(f"  export SEARCH_URL={servers.url}/folkmoot")
        say("  .venv/bin/python manage.py search rebuild")
        say("  make run\n")
        say("Ctrl-C stops it, and its data is gone.")
        signal.pause()
    return 0


if __name__ == "__main__":
    script(main)
