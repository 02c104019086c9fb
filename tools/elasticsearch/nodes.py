"""Nodes of a cluster on this machine, for as long as something needs them."""

import base64
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.elasticsearch import distribution
from tools.terminal import Trouble

HOST = "127.0.0.1"
PATIENCE = 90  # seconds to start
NOBODY = "65534"
HEAP = "512m"
BRIEF = "-XX:TieredStopAtLevel=1"
"""For a server that lives for minutes: to compile well what runs often took half of all that it did."""
USER = "hub"
SECURITY = """xpack.security.enabled: true
xpack.security.transport.ssl.enabled: true
xpack.security.transport.ssl.verification_mode: certificate
xpack.security.transport.ssl.key: node.key
xpack.security.transport.ssl.certificate: node.crt
xpack.security.transport.ssl.certificate_authorities: [node.crt]
"""


@dataclass
class Node:
    """One server: its folder, its ports and its process."""

    name: str
    home: Path
    java: Path
    folder: Path
    port: int
    transport: int
    heap: str = HEAP
    java_options: str = BRIEF
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start the server, and return at once."""
        log = (self.folder / "console.log").open("ab")
        environment = {
            **self.environment(),
            "ES_JAVA_OPTS": f"-Xms{self.heap} -Xmx{self.heap} {self.java_options}",
            "ES_TMPDIR": str(self.folder / "tmp"),
        }
        command = [*as_somebody(), str(self.home / "bin" / "elasticsearch")]
        with log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def environment(self) -> dict[str, str]:
        """Which Java and which configuration the programs of the distribution take."""
        named = {"ES_JAVA_HOME": str(self.java), "ES_PATH_CONF": str(self.folder / "config")}
        return {**os.environ, **named}

    def signal(self, number: int) -> None:
        """Send the server a signal; the launcher before it and the server itself are one group."""
        if self.process:
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process and self.process.poll() is None:
            self.signal(signal.SIGKILL)
        if self.process:
            self.process.wait(timeout=30)
        self.process = None

    def last_words(self) -> str:
        return "\n".join((self.folder / "console.log").read_text(errors="replace").splitlines()[-15:])


@dataclass
class Servers:
    """The nodes of one cluster, and how to reach them."""

    nodes: list[Node]
    password: str = ""
    folder: Path = field(default_factory=Path)

    @property
    def url(self) -> str:
        """What stands in ``SEARCH_URL``, without the prefix of the indexes."""
        who = f"{USER}:{self.password}@" if self.password else ""
        return f"http://{who}{','.join(f'{HOST}:{node.port}' for node in self.nodes)}"

    def ask(self, path: str, node: Node | None = None, method: str = "GET", body: Any = None) -> Any:
        """A node's answer to a plain request."""
        headers = {"Content-Type": "application/json"}
        if self.password:
            headers["Authorization"] = "Basic " + base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        with closing(http.client.HTTPConnection(HOST, (node or self.nodes[0]).port, timeout=10)) as connection:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            return json.loads(connection.getresponse().read() or b"{}")

    def wait(self, nodes: Sequence[Node] | None = None) -> None:
        """Return once each of these nodes serves in a cluster of as many."""
        wanted = list(nodes or self.nodes)
        until = time.monotonic() + PATIENCE
        for node in wanted:
            while not self._serves(node, len(wanted)):
                if time.monotonic() > until or (node.process and node.process.poll() is not None):
                    raise Trouble(f"Elasticsearch did not start:\n{node.last_words()}")
                time.sleep(0.3)

    def _serves(self, node: Node, of: int) -> bool:
        try:
            health = self.ask("/_cluster/health", node)
        except (OSError, ValueError, http.client.HTTPException):
            return False
        return bool(health.get("number_of_nodes") == of and health.get("status") in ("green", "yellow"))

    def stop(self) -> None:
        for node in self.nodes:
            node.kill()


@contextmanager
def running(
    count: int = 1,
    *,
    secured: bool = False,
    version: str = distribution.VERSION,
    heap: str = HEAP,
    java_options: str = BRIEF,
) -> Iterator[Servers]:
    """A cluster of ``count`` nodes with this much memory each, that is gone afterwards, with its data."""
    home = distribution.ready(version)
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-elasticsearch-"))
    java = distribution.java_home(version)
    nodes = made(home, java, folder, count, heap, java_options)
    servers = Servers(nodes, secrets.token_hex(16) if secured else "", folder)
    try:
        for node in servers.nodes:
            configure(node, servers)
        give_away(folder)
        for node in servers.nodes:
            node.start()
        servers.wait()
        yield servers
    finally:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


def made(home: Path, java: Path, folder: Path, count: int, heap: str, java_options: str) -> list[Node]:
    ports = free_ports(2 * count)
    pairs = zip(ports[::2], ports[1::2], strict=True)
    return [
        Node(f"node-{number}", home, java, folder / f"node-{number}", *pair, heap, java_options)
        for number, pair in enumerate(pairs)
    ]


def configure(node: Node, servers: Servers) -> None:
    """Write a node's own configuration beside its data."""
    config = node.folder / "config"
    shutil.copytree(node.home / "config", config)
    (node.folder / "tmp").mkdir()
    others = ", ".join(f"{HOST}:{each.transport}" for each in servers.nodes)
    names = ", ".join(each.name for each in servers.nodes)
    lines = [
        "cluster.name: folkmoot-tests",
        f"node.name: {node.name}",
        f"network.host: {HOST}",
        f"http.port: {node.port}",
        f"transport.port: {node.transport}",
        f"path.data: {node.folder / 'data'}",
        f"path.logs: {node.folder / 'logs'}",
        "cluster.routing.allocation.disk.threshold_enabled: false",
    ]
    if len(servers.nodes) == 1:
        lines.append("discovery.type: single-node")
    else:
        lines += [f"discovery.seed_hosts: [{others}]", f"cluster.initial_master_nodes: [{names}]"]
    if not servers.password:
        lines.append("xpack.security.enabled: false")
    (config / "elasticsearch.yml").write_text("\n".join(lines) + "\n" + (SECURITY if servers.password else ""))
    if servers.password:
        certify(config, servers.folder)
        add_user(node, servers.password)


def certify(config: Path, folder: Path) -> None:
    """One self-signed certificate for all nodes of the cluster."""
    key, certificate = folder / "node.key", folder / "node.crt"
    if not key.exists():
        pair = ["-keyout", str(key), "-out", str(certificate)]
        subject = ["-nodes", "-days", "2", "-subj", "/CN=folkmoot-tests"]
        distribution.run("openssl", "req", "-x509", "-newkey", "rsa:2048", *pair, *subject)
    shutil.copy(key, config / "node.key")
    shutil.copy(certificate, config / "node.crt")


def add_user(node: Node, password: str) -> None:
    add = [str(node.home / "bin" / "elasticsearch-users"), "useradd", USER, "-p", password, "-r", "superuser"]
    done = subprocess.run(add, env=node.environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"No user could be made for Elasticsearch: {done.stdout}{done.stderr}")


def as_somebody() -> list[str]:
    """Elasticsearch refuses to run as root."""
    return ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"] if os.geteuid() == 0 else []


def give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        distribution.run("chown", "--recursive", f"{NOBODY}:{NOBODY}", str(folder))


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses, all taken at once so that none comes twice."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((HOST, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
