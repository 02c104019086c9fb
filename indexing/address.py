"""``SEARCH_URL``: which engine a hub searches with, and where it stands."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

EMBEDDED = "indexing.engines.embedded.EmbeddedEngine"
ELASTICSEARCH = "indexing.engines.elasticsearch.ElasticsearchEngine"
PREFIX = "folkmoot"


class BadAddress(ValueError):
    """What ``SEARCH_URL`` says cannot be understood. The message says how it should look."""


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """A ``SEARCH_URL`` taken apart.

    ``sqlite:///var/search`` is a folder on this machine; ``https://user:password@one,two,three:9200/prefix`` are the
    nodes of an Elasticsearch cluster, whose indexes begin with the prefix. A node without a port has the last one's.
    Behind a question mark may stand ``ca_certs``, the file that signed the cluster's certificate.
    """

    engine: str
    path: Path = Path()
    hosts: tuple[str, ...] = ()
    user: str = ""
    password: str = ""
    prefix: str = PREFIX
    ca_certs: str = ""

    @classmethod
    def folder(cls, path: Path) -> "SearchAddress":
        """The embedded engine with its files in this folder."""
        return cls(EMBEDDED, path=path)

    @classmethod
    def of(cls, url: str) -> "SearchAddress":
        parts = urlsplit(url)
        if parts.scheme == "sqlite" and parts.path.strip("/"):
            return cls.folder(Path(unquote(parts.path.removeprefix("/"))))
        if parts.scheme in ("http", "https") and parts.netloc:
            return cls._cluster(url)
        raise BadAddress(
            "SEARCH_URL is sqlite:///folder (sqlite:////folder from the root of the disk) or "
            f"https://user:password@host:9200/{PREFIX}."
        )

    @classmethod
    def _cluster(cls, url: str) -> "SearchAddress":
        parts = urlsplit(url)
        credentials, _, nodes = parts.netloc.rpartition("@")
        user, _, password = credentials.partition(":")
        last = nodes.rpartition(":")[2]
        port = last if last.isdecimal() else "9200"
        hosts = [node if node.rpartition(":")[2].isdecimal() else f"{node}:{port}" for node in nodes.split(",") if node]
        prefix = parts.path.strip("/") or PREFIX
        if not hosts or "/" in prefix or prefix != prefix.lower() or prefix.startswith(("-", "_", "+", ".")):
            raise BadAddress("SEARCH_URL names no nodes, or a prefix that no index can have: small letters and digits.")
        return cls(
            ELASTICSEARCH,
            hosts=tuple(f"{parts.scheme}://{host}" for host in hosts),
            user=unquote(user),
            password=unquote(password),
            prefix=prefix,
            ca_certs=dict(parse_qsl(parts.query)).get("ca_certs", ""),
        )
