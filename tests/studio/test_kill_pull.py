"""Pulls that are killed: the folder is always the old one or the new one, and the next pull ends
well."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from live_server import LiveServer
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.known import known_articles
from newspan.annotations.studio.project import Project
from newspan.annotations.studio.pull import pull
from newspan.annotations.studio.push import push_parcels
from newspan.annotations.studio.source import source_parcels
from pushed import new_project, whole_tasks
from trees import REPOSITORY

pytestmark = pytest.mark.slow

PULL = """
import sys
from pathlib import Path
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.known import known_articles
from newspan.annotations.studio.project import find_project
from newspan.annotations.studio.pull import pull
articles = known_articles(Path(sys.argv[1]))
with Studio.connect() as studio:
    project = find_project(studio, sys.argv[2])
    print("ready", flush=True)
    pull(studio, project, Path(sys.argv[3]), articles, pass_name=sys.argv[4] or None)
"""


@pytest.fixture
def studio(server: LiveServer) -> Iterator[Studio]:
    with Studio.connect(server.url, server.token) as connection:
        yield connection


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


class Pulling:
    """A pull in a process of its own."""

    def __init__(self, server: LiveServer, project: Project, target: Path, name: str) -> None:
        temporary = target.parent / "temporary"
        temporary.mkdir(exist_ok=True)
        environment = os.environ | {
            "LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.token,
            "TMPDIR": str(temporary),
        }  # fmt: skip
        command = [sys.executable, "-c", PULL, REPOSITORY, project.title, target, name]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        with self.process.stdout:
            assert self.process.stdout.readline() == b"ready\n"
        self.began = time.monotonic()

    def end(self) -> float:
        """Wait for it; the seconds it took."""
        assert self.process.wait() == 0
        return time.monotonic() - self.began

    def kill_after(self, seconds: float) -> None:
        time.sleep(max(0.0, self.began + seconds - time.monotonic()))
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.big)])
@pytest.mark.parametrize("name", ["", "p"])
def test_a_killed_pull_leaves_the_old_folder_or_the_new_one(
    name: str, kills: int, studio: Studio, server: LiveServer, tmp_path: Path
) -> None:
    project = new_project(studio)
    push_parcels(studio, project, source_parcels(REPOSITORY, "annotation", project.config))
    articles = known_articles(REPOSITORY)
    before, target = tmp_path / "before", tmp_path / "target"
    pull(studio, project, before, articles, pass_name=name or None)
    folder = Path("passes") / name if name else Path("adjudicated")
    for task in whole_tasks(studio, project):
        (made,) = task["annotations"]
        results = [r for r in made["result"] if r.get("labels") in (None, ["continues"])]
        studio.send("PATCH", f"/api/annotations/{made['id']}/", {"result": results})
    shutil.copytree(before, target)
    lasts = Pulling(server, project, target, name).end()
    old, new = content(before / folder), content(target / folder)
    assert old.keys() == new.keys()
    assert all(old[path] != new[path] for path in old)
    moments = random.Random(name)
    seen = set()
    for number in range(kills):
        shutil.rmtree(target)
        shutil.copytree(before, target)
        at = lasts * (number + moments.random()) / kills
        Pulling(server, project, target, name).kill_after(at)
        there = content(target / folder)
        assert there in (old, new)
        seen.add(there == new)
    assert False in seen
    Pulling(server, project, target, name).end()
    assert content(target / folder) == new
    assert sorted(p.name for p in (target / folder).parent.iterdir() if "swap" in p.name) == []
    assert list((tmp_path / "temporary").iterdir()) == []
    exports = studio.get(f"/api/projects/{project.id}/exports/")
    assert len(exports) <= kills  # a killed pull may leave one; those of former days go
    views = studio.get("/api/dm/views/", project=project.id)
    assert [v for v in views if v["data"].get("title") == "newspan pull"] == []
