"""Work that a transaction asks for, done once however often it asks: after the commit, or with it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

Action = Callable[[], object]


@dataclass(slots=True)
class Batch:
    """What one transaction asked for."""

    action: Action
    started: bool = False


class Hook:
    """What runs after the commit: the first hook of a batch does the work of all.

    Each time of asking adds a hook, because the hook of an earlier one may be rolled back with its savepoint.
    """

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.__qualname__ = getattr(batch.action, "__qualname__", repr(batch.action))  # what Django logs of a failure

    def __call__(self) -> None:
        if not self.batch.started:
            self.batch.started = True
            self.batch.action()


def once_after_commit(action: Action) -> None:
    """Call ``action`` after the present transaction is committed, at once where there is none.

    However often it is asked for within a transaction, it is called once. A failure of it is logged, and keeps nothing
    else from running: the transaction is over.
    """
    hooks = (hook for _savepoints, hook, _robust in reversed(transaction.get_connection().run_on_commit))
    mine = (hook.batch for hook in hooks if isinstance(hook, Hook) and hook.batch.action is action)
    batch = next((batch for batch in mine if not batch.started), None)
    transaction.on_commit(Hook(batch or Batch(action)), robust=True)


class DoneMark:
    """Says that a transaction has done something already. It goes with the savepoint that it was done in."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.is_over = False

    def __call__(self) -> None:
        """The transaction is committed, and what it did is done."""
        self.is_over = True


def once_with_commit(action: Action) -> None:
    """Call ``action`` now, within the present transaction, unless the transaction has called it already.

    What it writes is committed together with what asked for it, so that a process that is killed loses neither.
    """
    connection = transaction.get_connection()
    hooks = (hook for _savepoints, hook, _robust in connection.run_on_commit)
    if any(isinstance(hook, DoneMark) and hook.action is action and not hook.is_over for hook in hooks):
        return
    action()
    if connection.in_atomic_block:
        transaction.on_commit(DoneMark(action))
