"""A live Label Studio: newspan's push and pull, and the bare calls that move the same tasks.

`python -m benchmarks.studio [--articles N] [--rounds N] [--only push|pull]` starts a server and
prints the tables.
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
_PULLED = "benchmark of pull"


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


def bare_snapshot(place: str) -> Work:
    """The calls alone: a snapshot of the project made, downloaded to a file, and deleted."""
    from newspan.annotations.studio.client import Studio
    from newspan.annotations.studio.project import open_project

    studio = Studio.connect()
    path = f"/api/projects/{open_project(studio, _PULLED).id}/exports/"
    whole = {"only_id": False}
    options = {"predictions": whole, "drafts": whole, "annotations__completed_by": whole}

    def work() -> None:
        made = studio.send("POST", path, {"serialization_options": options})
        snapshot = f"{path}{made['id']}"
        studio.download(f"{snapshot}/download", Path(place) / "bare.json", exportType="JSON")
        studio.send("DELETE", snapshot)

    return work


def pull(place: str) -> Work:
    """Fetch, check, restore, write a file an article: `newspan studio pull --full`."""
    from newspan import read
    from newspan.annotations.studio.client import Studio
    from newspan.annotations.studio.project import open_project
    from newspan.annotations.studio.pull import pull as pulling

    studio = Studio.connect()
    project = open_project(studio, _PULLED)
    articles = {d.article.id: d.article for d in read(Path(place) / "articles.jsonl")}
    target = Path(tempfile.mkdtemp(dir=place))

    def work() -> None:
        pulled = pulling(studio, project, target, articles, full=True)
        assert len(pulled.written) == len(articles), pulled.summary()

    return work


def _title() -> str:
    return f"benchmark {os.getpid()}"


def report(articles: int, rounds: int, only: str | None = None) -> str:
    """The tables of both ways, or of one, on a server of their own."""
    from newspan import read, write

    with tempfile.TemporaryDirectory(prefix="newspan-bench-") as place:
        folder = Path(place)
        label_studio_export(folder / "export.json", articles)
        lines = folder / "articles.jsonl"
        write(read(folder / "export.json"), lines)
        size = f"{articles:,} articles of 60 regions; medians of {rounds} rounds. "
        with _server(folder / "server"):
            made = [] if only == "pull" else [_push_table(lines, rounds, size)]
            if only != "push":
                _fill(lines)
                made.append(_pull_table(place, rounds, size))
    return "\n".join(made)


def _push_table(lines: Path, rounds: int, size: str) -> str:
    contenders = {"bare HTTP import calls (floor)": "bare", "newspan studio push": "newspan"}
    note = (
        f"{size}{_BATCH} an import, onto Label Studio on SQLite. The floor has the tasks ready and "
        "in memory, and next to no work of its own, hence the ratio of CPU; newspan reads JSON "
        "Lines, checks and encodes while the server works, and looks at what the server says it "
        "took."
    )
    timings = run({name: (_MODULE, w, str(lines)) for name, w in contenders.items()}, rounds)
    return table("Push to Label Studio", timings, next(iter(timings)), note)


def _pull_table(place: str, rounds: int, size: str) -> str:
    contenders = {"bare snapshot (floor)": "bare_snapshot", "newspan studio pull": "pull"}
    note = (
        f"{size}The floor has the server make a snapshot and stores it unread; newspan checks "
        "every span against its text, restores what the editor lost, and writes a file an article. "
        "Each is timed after one of its own kind: the server is a tenth slower or faster at the "
        "first after the other, by what that has left in its memory."
    )
    timings = run({name: (_MODULE, w, place) for name, w in contenders.items()}, rounds, apart=True)
    return table("Pull from Label Studio", timings, next(iter(timings)), note)


def _fill(lines: Path) -> None:
    """The project that is pulled from."""
    from newspan.annotations.studio.client import Studio
    from newspan.annotations.studio.project import open_project
    from newspan.annotations.studio.push import push_parcels
    from newspan.annotations.studio.source import source_parcels

    with Studio.connect() as studio:
        project = open_project(studio, _PULLED)
        push_parcels(studio, project, source_parcels(lines, "annotation", project.config))


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
    parser.add_argument("--only", choices=["push", "pull"])
    options = parser.parse_args()
    print(report(options.articles, options.rounds, options.only))


if __name__ == "__main__":
    main()
