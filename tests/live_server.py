"""A real Label Studio for the tests, started once in a session.

Each test makes a project of its own. A test that stops or kills the server starts it again.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from newspan.annotations.studio.server import Server


class LiveServer:
    """The server, its address, and who may log in."""

    def __init__(self, folder: Path, port: int) -> None:
        self._server = Server(folder, port)
        self.folder = folder
        self.port = port
        self.url = self._server.url

    @property
    def token(self) -> str:
        return self._server.account.token

    @property
    def email(self) -> str:
        return self._server.account.email

    @property
    def password(self) -> str:
        return self._server.account.password

    @property
    def pid(self) -> int | None:
        return self._server.pid

    @property
    def log(self) -> Path:
        return self._server.log

    def start(self) -> None:
        """Start it on the same data; nothing where it runs already."""
        self._server.start()

    def stop(self) -> None:
        """End it in good order."""
        self._server.stop()

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self._server.kill()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A running Label Studio with an empty database."""
    live = LiveServer(tmp_path_factory.mktemp("label-studio"), free_port())
    live.start()
    yield live
    live.stop()
