"""``python -m benchmarks.pinned CORE …``: Python with these arguments, on that core alone."""

import os
import sys

if __name__ == "__main__":
    os.sched_setaffinity(0, {int(sys.argv[1])})
    os.execv(sys.executable, [sys.executable, *sys.argv[2:]])  # noqa: S606 (the arguments are ours)
