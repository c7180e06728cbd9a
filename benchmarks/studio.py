"""Pushing to a live Label Studio: newspan, and the bare import calls of the same tasks.

`python -m benchmarks.studio [--articles N] [--rounds N]` starts a server and prints the table.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measure import run, table
from benchmarks.synthetic import label_studio_export

Work = Callable[[], Any]

_BATCH = 100
_MODULE = "benchmarks.studio"


def bare(lines: str) -> Work:
    """The import calls alone: tasks that are JSON already, counts not looked at."""
    import httpx

    from newspan.annotations.studio.client import Studio
    from newspan.annotations.studio.project import open_project
    from newspan.annotations.studio.source import source_parcels

    with Studio.connect() as studio:
        project = open_project(studio, _title())
    tasks = [parcel.body or b"" for parcel in source_parcels(Path(lines), "predictions", "")]
    starts = range(0, len(tasks), _BATCH)
    bodies = [b"[" + b",".join(tasks[at : at + _BATCH]) + b"]" for at in starts]
    headers = {
        "Authorization": f"Token {os.environ['LABEL_STUDIO_API_KEY']}",
        "Content-Type": "application/json",
    }
    path = f"/api/projects/{project.id}/import"
    client = httpx.Client(
        base_url=studio.url, headers=headers, timeout=600, trust_env=False
    )  # fmt: skip

    def work() -> None:
        for body in bodies:
            client.post(path, content=body).raise_for_status()

    return work


def newspan(lines: str) -> Work:
    """Read, check, encode, send, compare counts: `newspan studio push --as predictions`."""
    from newspan.annotations.studio.client import Studio
    from newspan.annotations.studio.project import open_project
    from newspan.annotations.studio.push import push_parcels
    from newspan.annotations.studio.source import source_parcels

    studio = Studio.connect()
    project = open_project(studio, _title())

    def work() -> None:
        push_parcels(
            studio, project, source_parcels(Path(lines), "predictions", project.config)
        )  # fmt: skip

    return work


def _title() -> str:
    return f"benchmark {os.getpid()}"


def report(articles: int, rounds: int) -> str:
    """The table of both, on a server of their own."""
    from newspan import read, write

    with tempfile.TemporaryDirectory(prefix="newspan-bench-") as place:
        folder = Path(place)
        label_studio_export(folder / "export.json", articles)
        lines = folder / "articles.jsonl"
        write(read(folder / "export.json"), lines)
        with _server(folder / "server"):
            timings = run(
                {
                    "bare HTTP import calls (floor)": (_MODULE, "bare", str(lines)),
                    "newspan studio push": (_MODULE, "newspan", str(lines)),
                },
                rounds,
            )
    note = (
        f"{articles:,} articles of 60 regions, {_BATCH} an import, onto Label Studio on SQLite; "
        f"medians of {rounds} rounds. The floor has the tasks ready and in memory, and next to no "
        "work of its own, hence the ratio of CPU; newspan reads JSON Lines, checks and encodes "
        "while the server works, and looks at what the server says it took."
    )
    return table("Push to Label Studio", timings, next(iter(timings)), note)


@contextmanager
def _server(folder: Path) -> Iterator[None]:
    """A server for the processes started within."""
    import socket

    from newspan.annotations.studio.server import Server

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with Server(folder, port) as server:
        os.environ["LABEL_STUDIO_URL"] = server.url
        os.environ["LABEL_STUDIO_API_KEY"] = server.account.token
        yield


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.studio")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(report(options.articles, options.rounds))


if __name__ == "__main__":
    main()
