"""The indexes of a hub in the cluster: the one that serves, behind an alias, and the one that is being made."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from indexing.engines.base import OTHER_VERSION, EngineUnavailable
from indexing.engines.elasticsearch import queries, schema

ABANDONED = timedelta(days=1)  # a rebuild that did not end by then never will
TO_FINISH = 600.0  # seconds in which the cluster may put all of a new index in order
NO_INDEX = "There is no search index yet: run “manage.py search rebuild”."


@dataclass(slots=True)
class Indexes:
    """All that bear one prefix. ``checked`` remembers which of them this version of the hub may ask."""

    prefix: str
    shards: int = 1
    replicas: int = 1
    checked: str = ""

    @property
    def alias(self) -> str:
        return f"{self.prefix}-things"

    def serving(self, client: Elasticsearch) -> str | None:
        """The index behind the alias."""
        try:
            return str(next(iter(client.indices.get_alias(name=self.alias))))
        except NotFoundError:
            return None

    def make(self, client: Elasticsearch, model: str) -> str:
        """A new, empty index that nobody asks yet. What is written to it is made findable all at once (``finish``)."""
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        name = f"{self.alias}-{moment}-{secrets.token_hex(3)}"
        client.indices.create(index=name, **schema.definition(model, self.shards, self.replicas))
        client.indices.put_settings(index=name, settings={"refresh_interval": "-1"})
        return name

    def finish(self, client: Elasticsearch, name: str, expected: int) -> None:
        """Make all of it findable. EngineUnavailable where it is not all there; the index of before goes on serving."""
        client.indices.put_settings(index=name, settings={"refresh_interval": schema.REFRESH})
        client.options(request_timeout=TO_FINISH).indices.refresh(index=name)
        there = int(client.count(index=name, query=queries.not_gone().to_dict())["count"])
        if there != expected:
            client.indices.delete(index=name, ignore_unavailable=True)
            raise EngineUnavailable(
                f"The new search index holds {there} documents where {expected} were written; the old one is kept."
            )

    def make_first(self, client: Elasticsearch, model: str) -> None:
        """The first index of a hub, with its alias. Several processes may try; one of them makes it."""
        try:
            client.indices.create(
                index=f"{self.alias}-first",
                aliases={self.alias: {}},
                **schema.definition(model, self.shards, self.replicas),
            )
        except BadRequestError as error:
            if "resource_already_exists_exception" not in str(error):
                raise

    def swap(self, client: Elasticsearch, new: str) -> str | None:
        """Let the alias lead to ``new``, in one step. The index that served before is returned."""
        old = self.serving(client)
        actions: list[dict[str, Any]] = [{"add": {"index": new, "alias": self.alias}}]
        if old:
            actions.insert(0, {"remove": {"index": old, "alias": self.alias}})
        client.indices.update_aliases(actions=actions)
        return old

    def sweep(self, client: Elasticsearch, keep: str) -> None:
        """Remove what rebuilds that died left behind."""
        before = (datetime.now(UTC) - ABANDONED).strftime("%Y%m%d%H%M%S")
        for name in client.indices.get(index=f"{self.alias}-*", features="aliases"):
            made = name.removeprefix(f"{self.alias}-").partition("-")[0]
            if name != keep and made.isdecimal() and made < before:
                client.indices.delete(index=name, ignore_unavailable=True)

    def check(self, client: Elasticsearch, model: Callable[[], str | None]) -> str:
        """The alias, once the index behind it is known to be of this version and of this sentence model.

        EngineUnavailable where there is none, or where another version made it: asking it would give wrong answers,
        and writing would mix vectors of two models.
        """
        name = self.serving(client)
        if name is None:
            raise EngineUnavailable(NO_INDEX)
        if name != self.checked:
            meta = client.indices.get_mapping(index=name)[name]["mappings"].get("_meta", {})
            if meta.get("schema") != schema.schema():
                raise EngineUnavailable(OTHER_VERSION)
            if model() not in (None, meta.get("model")):
                raise EngineUnavailable("The search index was made with another sentence model: rebuild it.")
            self.checked = name
        return self.alias
