"""HTTP servers on loopback that fail as told: scripted ones, and a proxy before a real one."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """What is answered, and how."""

    status: int = 200
    body: bytes = b"{}"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    cut: bool = False
    """The connection is cut instead of an answer, or amid it if there is a body."""
    pause: float = 0.0
    """Seconds before the answer."""
    carried_out: bool = False
    """The request reaches the real server first, and its answer is lost."""


CUT = Answer(cut=True, body=b"")


class Seen(NamedTuple):
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    moment: float


class FaultyServer(ThreadingHTTPServer):
    """Answers requests by its script; when that is at an end, or is not meant, passes them on.

    Without a real server behind it, it then answers 200 with {}.
    """

    daemon_threads = True

    def __init__(self, upstream: str | None = None, only: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.upstream = upstream
        self.only = only
        """The script is for requests whose method and path hold this."""
        self.script: deque[Answer] = deque()
        self.seen: list[Seen] = []
        self.before: Callable[[Seen], None] = lambda seen: None
        """Called with every request before it is answered or passed on."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone is what these tests are about."""


@contextlib.contextmanager
def faulty_server(
    *script: Answer, upstream: str | None = None, only: str = ""
) -> Iterator[FaultyServer]:
    with FaultyServer(upstream, only) as server:
        server.script.extend(script)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyServer

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        seen = Seen(self.command, self.path, dict(self.headers), body, time.monotonic())
        self.server.seen.append(seen)
        self.server.before(seen)
        answer: Answer | None = None
        if self.server.script and self.server.only in f"{self.command} {self.path}":
            answer = self.server.script.popleft()
        if answer is None or answer.carried_out:
            passed_on = self._pass_on(seen)
            answer = answer or passed_on
        time.sleep(answer.pause)
        if answer.cut and not answer.body:
            self._cut()
            return
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        length = len(answer.body) + (10 if answer.cut else 0)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(answer.body)
        if answer.cut:
            self._cut()

    def _cut(self) -> None:
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _pass_on(self, seen: Seen) -> Answer:
        if self.server.upstream is None:
            return Answer()
        parts = urlsplit(self.server.upstream)
        assert parts.hostname is not None
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=300)
        headers = {k: v for k, v in seen.headers.items() if k.lower() not in _HOP_BY_HOP}
        connection.request(seen.method, seen.path, seen.body or None, headers)
        reply = connection.getresponse()
        kept = tuple((k, v) for k, v in reply.getheaders() if k.lower() not in _HOP_BY_HOP)
        made = Answer(reply.status, reply.read(), kept)
        connection.close()
        return made

    do_GET = do_POST = do_PATCH = do_DELETE = _serve  # noqa: N815

    def log_message(self, *arguments: Any) -> None:
        pass


_HOP_BY_HOP = {"connection", "content-length", "transfer-encoding", "keep-alive", "host"}
