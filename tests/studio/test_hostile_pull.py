"""A server whose answers mean harm, or make no sense: clear errors, and nothing written outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from faulty_server import Answer, faulty_server
from live_server import LiveServer
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.known import known_articles
from newspan.annotations.studio.project import Project, find_project
from newspan.annotations.studio.pull import pull
from newspan.annotations.studio.status import status
from newspan.errors import NewspanError
from pushed import new_project
from trees import copy_tree

pytestmark = pytest.mark.slow

DEEP = 450
"""Levels that can just be decoded."""
PLACE = {"start": 0, "end": 4}
LABEL = {"id": "a", "from_name": "span", "to_name": "text", "type": "labels",
         "value": {**PLACE, "labels": ["Actor"]}}  # fmt: skip
TYPE = {**LABEL, "from_name": "actor_type", "type": "choices",
        "value": {**PLACE, "choices": ["person"]}}  # fmt: skip


def task(data: dict[str, Any], **more: Any) -> bytes:
    empty: dict[str, Any] = {"annotations": [], "predictions": [], "drafts": []}
    made = {"id": 1, "data": data, **empty, "updated_at": "2026-01-01T00:00:00.000000Z", **more}
    return json.dumps([made]).encode()


def annotated(data: dict[str, Any], **more: Any) -> bytes:
    made = {"id": 1, "completed_by": {"email": "../../eve\x1b[2J"}, "result": [LABEL, TYPE], **more}
    return task(data, annotations=[made])


def deep(data: dict[str, Any]) -> bytes:
    nested = b'{"x":' * DEEP + b"1" + b"}" * DEEP
    return annotated(data, result=["HERE"]).replace(b'"HERE"', nested)


def strange(data: dict[str, Any]) -> bytes:
    version = {"result": {"a": 1}, "id": [], "import_id": {}, "completed_by": [], "unique_id": 3}
    draft = {"user": [], "annotation": {}, "created_at": {}}
    kept = {"{}": {"number": [], "sums": 3, "regions": 4, "relations": {"a": 1}}}
    record = {"article": "inv-9001", "text": "", "config": "", "pushed": "", "kept": kept}
    return task(
        data, annotations=[1, None, version], drafts=[draft, 4, []], meta={"newspan": record},
        predictions=[{"model_version": {}, "result": 3}, {"model_version": "{}", "result": [[]]}],
    )  # fmt: skip


CASES = {
    "an id that climbs": lambda d: annotated({**d, "article_id": "../../../tmp/evil"}),
    "an absolute id": lambda d: annotated({**d, "article_id": "/tmp/evil"}),
    "an id that is none": lambda d: annotated({**d, "article_id": {"x": 1}}),
    "an annotator who is a path": annotated,
    "a page": lambda _: b"<html><script>alert(1)</script></html>",
    "nesting": lambda _: b"[" + b'{"data":' * 100_000 + b"}" * 100_000 + b"]",
    "nesting in a result": deep,
    "a lone surrogate": lambda d: task({**d, "text": "\ud800"}),
    "a lone surrogate in a note": lambda d: annotated(
        d, result=[{**LABEL, "meta": {"text": ["\ud800"]}}, TYPE]
    ),
    "bytes that are no UTF-8": lambda d: task(d).replace(b"inv-9001", b"inv-\xff9001"),
    "another text": lambda d: annotated({**d, "text": "Another."}),
    "no list": lambda _: b'{"detail": "no"}',
    "no tasks": lambda _: b'[1, null, "x", []]',
    "no id": lambda d: task(d, id="../1"),
    "a cut": lambda d: task(d)[:-20],
    "wrong kinds": lambda d: task(
        d, annotations={"x": 1}, predictions=7, drafts="x", meta=[], updated_at={}
    ),
    "wrong kinds within": strange,
}


@pytest.fixture(scope="module")
def project(server: LiveServer) -> Project:
    with Studio.connect(server.url, server.token) as studio:
        return new_project(studio)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy_tree(tmp_path / "tree")


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("case", sorted(CASES))
def test_pulls_and_status_come_to_no_harm(
    case: str, server: LiveServer, project: Project, tree: Path
) -> None:
    articles = known_articles(tree)
    data = {"article_id": "inv-9001", "text": articles["inv-9001"].text}
    answers = [Answer(body=CASES[case](data))] * 3
    with (
        faulty_server(*answers, upstream=server.url, only="/download") as it,
        Studio.connect(it.url, server.token, patience=1) as studio,
    ):
        a_pull_comes_to_no_harm(case, None, studio, project, tree)
        a_pull_comes_to_no_harm(case, "p", studio, project, tree)
        a_status_comes_to_no_harm(studio, project, tree)
        assert not it.script


def a_pull_comes_to_no_harm(
    case: str, pass_name: str | None, studio: Studio, project: Project, tree: Path
) -> None:
    target = tree / "inner" / "pulled"
    before = files(tree)
    try:
        found = pull(studio, project, target, known_articles(tree), pass_name=pass_name)
    except NewspanError as error:
        said = str(error)
    else:
        said = found.summary()
        if case != "an annotator who is a path" and not found.held_back:
            assert found.notes or case.startswith("wrong kinds")
    assert said
    assert "<script>" not in said
    assert "\x1b" not in said
    after = files(tree)
    new = after.keys() - before.keys()
    assert {path: after[path] for path in before} == before
    assert {path.relative_to(target).as_posix() for path in new} <= {
        "adjudicated/inv-9001.json", "passes/p/inv-9001.json",
        ".pulled/adjudicated.json", ".pulled/passes/p.json",
    }  # fmt: skip
    for path in new:
        json.loads(after[path])
    assert not Path("/tmp/evil").exists()


def a_status_comes_to_no_harm(studio: Studio, project: Project, tree: Path) -> None:
    try:
        found = status(studio, find_project(studio, project.title), known_articles(tree))
    except NewspanError as error:
        said = str(error)
    else:
        said = str(found)
        json.dumps(found.builtins())
    assert "\x1b" not in said
    assert "<script>" not in said
