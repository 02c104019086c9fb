"""Asks the cluster something while this thread asks it something else."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Two for each thread of a web process (docs/operators.md). Who finds none free waits, and no longer than a search may.
_threads = ThreadPoolExecutor(16, thread_name_prefix="search-in_background")


def in_background(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """Begin ``work`` in a thread of its own, within the time that this search has left. It may wait for what was begun
    before it, which has a thread by then.
    """
    context = copy_context()
    return _threads.submit(lambda: context.run(work, *args, **kwargs))
