"""What the tests of the server see of it: through its API, and as processes of this machine."""

from __future__ import annotations

from pathlib import Path

import httpx

from live_server import LiveServer
from newspan.annotations.studio.server import Server

TITLE = "Melvera truce"


def client(server: Server | LiveServer) -> httpx.Client:
    token = server.token if isinstance(server, LiveServer) else server.account.token
    return httpx.Client(
        base_url=server.url,
        headers={"Authorization": f"Token {token}"},
        trust_env=False,
        timeout=60,
    )


def make_project(server: Server | LiveServer) -> None:
    with client(server) as http:
        http.post("/api/projects", json={"title": TITLE}).raise_for_status()


def titles(server: Server | LiveServer) -> list[str]:
    with client(server) as http:
        return [project["title"] for project in http.get("/api/projects").json()["results"]]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def processes_with(words: str) -> list[str]:
    """Command lines that hold the words."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if words in line:
            found.append(line)
    return found


def servers_on(folder: Path) -> list[int]:
    """Processes whose current folder is the data folder: the server, and all it started."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if (path / "cwd").resolve() == folder.resolve() and is_alive(int(path.name)):
                found.append(int(path.name))
        except OSError:
            continue
    return found
