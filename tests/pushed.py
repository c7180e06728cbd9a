"""What a server holds after a push, compared field by field with what was to be pushed."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.project import Project, open_project
from newspan.annotations.studio.tasks import Kind, Record, record_of
from newspan.formats.label_studio import decode, encode
from newspan.schema.model import Document

_NUMBERS = itertools.count()


def new_project(studio: Studio) -> Project:
    return open_project(studio, f"test {os.getpid()} {next(_NUMBERS)}")


def whole_tasks(studio: Studio, project: Project) -> list[dict[str, Any]]:
    return list(studio.tasks(project.id, page_size=100))


def sure_record(task: Mapping[str, Any]) -> Record:
    record = record_of(task)
    assert record is not None
    return record


def assert_there_once(
    studio: Studio, project: Project, documents: Iterable[Document], kind: Kind = "predictions"
) -> None:
    """Every article is in the project once, with every region and relation, and nothing else."""
    tasks = {}
    for task in whole_tasks(studio, project):
        assert task["data"]["article_id"] not in tasks
        tasks[task["data"]["article_id"]] = task
    for document in documents:
        assert_same(tasks.pop(document.article.id), document, kind)
    assert tasks == {}


def assert_same(task: Mapping[str, Any], document: Document, kind: Kind) -> None:
    """A task is the document: the JSON as it was sent, and the document read back from it."""
    made = msgspec.json.decode(msgspec.json.encode(next(encode([document]))))
    version = (made["annotations"] + made["predictions"])[0]
    assert task["data"] == made["data"]
    record = sure_record(task)
    wanted = {"bare": (0, 0), "predictions": (0, 1), "annotation": (1, 0)}[kind]
    assert (len(task["annotations"]), len(task["predictions"])) == wanted
    assert (task["total_annotations"], task["total_predictions"]) == wanted
    assert (record.annotations, record.predictions) == wanted
    assert (record.article, record.text) == (document.article.id, document.article.text_sha256)
    if kind == "bare":
        assert record.kept == {}
        return
    [there] = task["predictions"] if kind == "predictions" else task["annotations"]
    [(name, kept)] = record.kept.items()
    assert there["result"] == version["result"]
    assert kept["provenance"] == version["newspan"]
    assert "regions" not in kept
    assert "relations" not in kept
    if kind == "predictions":
        assert there["model_version"] == name
        assert abs(there["score"] - version["score"]) < 1e-12
    else:
        assert (there["ground_truth"], there["was_cancelled"]) == (False, False)
        assert there["import_id"] == kept["number"] == 1
        assert kept["sums"].keys() == {r["id"] for r in version["result"] if "id" in r}
    restored = {**there, "newspan": kept["provenance"]}
    key = "predictions" if kind == "predictions" else "annotations"
    assert list(decode([{"data": task["data"], key: [restored]}])) == [document]
