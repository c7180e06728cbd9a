"""A push whose client or server is killed, again and again: the next one makes all of it good."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import newspan
from live_server import LiveServer
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.project import Project
from newspan.annotations.studio.push import push
from newspan.errors import NewspanError
from newspan.schema.model import Document
from pushed import assert_there_once, new_project
from reports import reports

pytestmark = pytest.mark.slow

BATCH = 10
_PUSHER = """
import sys, newspan
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.project import find_project
from newspan.annotations.studio.push import push
url, title, source, batch = sys.argv[1:]
token = sys.stdin.readline().strip()
documents = list(newspan.read(source))
with Studio.connect(url, token) as studio:
    project = find_project(studio, title)
    print("begun", flush=True)
    push(studio, project, documents, "predictions", batch=int(batch))
    print("done", flush=True)
"""


@pytest.fixture
def studio(server: LiveServer) -> Iterator[Studio]:
    with Studio.connect(server.url, server.token) as connection:
        yield connection


def seconds_of_a_push(server: LiveServer, source: Path, title: str, until: float | None) -> float:
    """Push in a process of its own, which is killed after so many seconds; how long it took."""
    with subprocess.Popen(
        [sys.executable, "-c", _PUSHER, server.url, title, source, str(BATCH)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(server.token + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "begun\n"
        begun = time.monotonic()
        if until is None:
            assert process.stdout.readline() == "done\n"
        else:
            time.sleep(until)
            process.kill()
        return time.monotonic() - begun


def assert_made_good(studio: Studio, project: Project, documents: list[Document]) -> None:
    """One more push leaves everything there once, and the one after that changes nothing."""
    pushed = push(studio, project, documents, "predictions", batch=BATCH)
    assert pushed.sent + pushed.unchanged == len(documents)
    assert_there_once(studio, project, documents)
    again = push(studio, project, documents, "predictions", batch=BATCH)
    assert (again.sent, again.unchanged, again.mended) == (0, len(documents), 0)


@pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.big)])
def test_a_client_that_is_killed(
    server: LiveServer, studio: Studio, tmp_path: Path, kills: int
) -> None:
    documents = list(reports(40))
    source = tmp_path / "made.jsonl"
    newspan.write(documents, source)
    chance = random.Random(kills)
    whole = seconds_of_a_push(server, source, new_project(studio).title, None)
    for number in range(kills):
        project = new_project(studio)
        # One in each part of the time a push takes, so that all its parts are met.
        moment = whole * (number + chance.random()) / kills
        seconds_of_a_push(server, source, project.title, moment)
        assert_made_good(studio, project, documents)


@pytest.mark.parametrize(("kills", "count"), [(1, 40), pytest.param(3, 500, marks=pytest.mark.big)])
def test_a_server_that_is_killed(
    server: LiveServer, studio: Studio, kills: int, count: int
) -> None:
    """The client waits for it to come back, or gives up; the next push goes on from there."""
    documents = list(reports(count))
    chance = random.Random(kills)
    begun = time.monotonic()
    push(studio, new_project(studio), documents, "predictions", batch=BATCH)
    whole = time.monotonic() - begun
    for number in range(kills):
        project = new_project(studio)

        def one(project: Project = project) -> None:
            try:
                push(studio, project, documents, "predictions", batch=BATCH)
            except NewspanError as error:
                assert "goes on where it stopped" in str(error)

        pushing = threading.Thread(target=one)
        pushing.start()
        time.sleep(whole * (number + chance.uniform(0.1, 0.9)) / kills)
        server.kill()
        server.start()
        pushing.join()
        assert_made_good(studio, project, documents)
