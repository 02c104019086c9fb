"""The connection to the cluster: short time-outs, one breaker, and one kind of failure for whatever goes wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionError as NoConnection, TransportError
from elasticsearch import ApiError, AuthenticationException, AuthorizationException, Elasticsearch, helpers

from indexing.address import SearchAddress
from indexing.engines.base import EngineUnavailable
from indexing.engines.elasticsearch.breaker import Breaker
from indexing.engines.elasticsearch.deadline import DeadlineNode, at_most

TO_READ = 2.0  # seconds that one node has to answer a question
TO_FIND = 4.0  # that a search has in all
TO_WRITE = 30.0
TRIES = 2  # after the first, each on another node


class Cluster:
    """The nodes of one address."""

    def __init__(self, address: SearchAddress, breaker: Breaker | None = None) -> None:
        self.breaker = breaker or Breaker()
        security: dict[str, Any] = {}
        if address.user:
            security["basic_auth"] = (address.user, address.password)
        if address.ca_certs:
            security["ca_certs"] = address.ca_certs
        self._client = Elasticsearch(
            list(address.hosts),
            node_class=DeadlineNode,
            max_retries=TRIES,
            retry_on_timeout=True,
            retry_on_status=(502, 503, 504),
            **security,
        )

    def close(self) -> None:
        self._client.close()

    @contextmanager
    def reading(self) -> Iterator[Elasticsearch]:
        """The client for questions that somebody waits for."""
        with self._guarded(), at_most(TO_FIND):
            yield self._client.options(request_timeout=TO_READ)

    @contextmanager
    def writing(self) -> Iterator[Elasticsearch]:
        """The client for what runs in the background."""
        with self._guarded():
            yield self._client.options(request_timeout=TO_WRITE)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if not self.breaker.lets_through():
            raise EngineUnavailable("The search cluster did not answer a moment ago; it is asked again shortly.")
        try:
            yield
        except (TransportError, NoConnection) as error:
            self.breaker.failed(everywhere=True)  # each of them was tried
            raise EngineUnavailable(f"The search cluster cannot be reached: {error}") from error
        except (AuthenticationException, AuthorizationException) as error:
            self.breaker.failed()
            raise EngineUnavailable(said_of_access(error)) from error
        except (helpers.BulkIndexError, helpers.ScanError) as error:
            self.breaker.succeeded()
            raise EngineUnavailable(f"The search cluster did not take or give everything: {reasons(error)}") from error
        except ApiError as error:
            if error.status_code >= 500 or error.status_code == 429:
                self.breaker.failed()
            raise EngineUnavailable(f"The search cluster refused: {error}") from error
        else:
            self.breaker.succeeded()


def said_of_access(error: ApiError) -> str:
    if "cluster_block_exception" in str(error):  # a full disk makes indexes read-only, and answers 403
        return "The search cluster takes nothing at the moment; its disk may be full. What changes waits in the queue."
    return "The search cluster does not know this user and password, or may not let them in. Look at SEARCH_URL."


def reasons(error: helpers.BulkIndexError | helpers.ScanError) -> str:
    """What the cluster said of the first few that it refused."""
    if isinstance(error, helpers.ScanError):
        return str(error)
    said = {str(next(iter(item.values())).get("error", "")) for item in error.errors}
    return "; ".join(sorted(said)[:3])
