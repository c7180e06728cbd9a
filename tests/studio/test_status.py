"""How far a project is, asked of a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from live_server import LiveServer
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.known import known_articles
from newspan.annotations.studio.project import find_project
from newspan.annotations.studio.push import push_parcels
from newspan.annotations.studio.source import source_parcels
from newspan.annotations.studio.status import Status, status
from newspan.schema.labelling import label_config
from people import Person
from pushed import new_project, whole_tasks
from trees import copy_tree

pytestmark = pytest.mark.slow

NEWSPAN = Path(sys.executable).with_name("newspan")


@pytest.fixture
def studio(server: LiveServer) -> Iterator[Studio]:
    with Studio.connect(server.url, server.token) as connection:
        yield connection


def actor(region: str, start: int, end: int, kind: str = "person") -> list[dict[str, Any]]:
    label = {"id": region, "from_name": "span", "to_name": "text", "type": "labels",
             "value": {"start": start, "end": end, "labels": ["Actor"]}}  # fmt: skip
    answer = {**label, "from_name": "actor_type", "type": "choices",
              "value": {"start": start, "end": end, "choices": [kind]}}  # fmt: skip
    return [label, answer]


def test_each_annotator_and_article_has_a_state(
    studio: Studio, server: LiveServer, tmp_path: Path
) -> None:
    tree = copy_tree(tmp_path / "tree")
    articles = known_articles(tree)
    project = new_project(studio)
    push_parcels(studio, project, source_parcels(tree, "annotation", project.config))

    def now() -> Status:
        return status(studio, find_project(studio, project.title), articles)

    fresh = now()
    assert fresh.annotators == ()  # what was pushed is nobody's work
    assert [row.article for row in fresh.rows] == ["inv-9001", "inv-9002", "ret-9001"]
    assert all(row.flags == () for row in fresh.rows)
    tasks = {t["data"]["article_id"]: t for t in whole_tasks(studio, project)}
    with Person(server, "ana") as ana, Person(server, "bea") as bea:
        pushed = tasks["inv-9001"]["annotations"][0]
        ana.update(pushed["id"], actor("a", 0, 4))
        bea.submit(tasks["inv-9001"]["id"], actor("other-id", 0, 4))
        bea.draft(tasks["inv-9002"]["id"], actor("b", 0, 4))
        ana.skip(tasks["ret-9001"]["id"])
        begun = now()
        rows = {row.article: row for row in begun.rows}
        assert set(begun.annotators) == {ana.email, bea.email}
        both = {ana.email: "submitted", bea.email: "submitted"}
        assert rows["inv-9001"].annotators == both  # not of who pushed what ana saved
        assert rows["inv-9001"].flags == ()  # the same spans, whatever their ids
        assert rows["inv-9002"].annotators[bea.email] == "draft"
        assert rows["inv-9002"].annotators[ana.email] == "not begun"
        assert rows["ret-9001"].annotators[ana.email] == "skipped"
        assert begun.counts()[bea.email] == {
            "not begun": 1, "draft": 1, "submitted": 1, "skipped": 0,
        }  # fmt: skip
        ana.update(pushed["id"], actor("a", 0, 4, "group"))
        path = f"/api/tasks/{tasks['ret-9001']['id']}/"
        studio.send("PATCH", path, {"data": {**tasks["ret-9001"]["data"], "text": "Another."}})
        other = label_config().replace('<Choice value="person"', '<Choice value="human"')
        assert other != label_config()
        studio.send("PATCH", f"/api/projects/{project.id}/", {"label_config": other})
    later = {row.article: row for row in now().rows}
    assert "disagreement" in later["inv-9001"].flags
    assert "text changed" in later["ret-9001"].flags
    assert all("configuration changed" in row.flags for row in later.values())
    assert now().configuration


def test_the_command_prints_text_and_json(
    studio: Studio, server: LiveServer, tmp_path: Path
) -> None:
    tree = copy_tree(tmp_path / "tree")
    project = new_project(studio)
    push_parcels(studio, project, source_parcels(tree, "bare", project.config))
    environment = os.environ | {"LABEL_STUDIO_URL": server.url,
                                "LABEL_STUDIO_API_KEY": server.token}  # fmt: skip

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [NEWSPAN, "studio", "status", "--project", project.title, "--source", tree, *more]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 articles" in done.stdout
    assert "inv-9001  not begun" in done.stdout
    made = json.loads(run("--format", "json").stdout)
    assert [row["article"] for row in made["articles"]] == ["inv-9001", "inv-9002", "ret-9001"]
    done = run("--format", "xml")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
