"""Proposals made on the way into a real Label Studio, where they are predictions to correct."""

from __future__ import annotations

from pathlib import Path

import pytest

from bare import REPORT, article
from live_server import LiveServer
from newspan.annotations.propose.pipeline import propose
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.project import find_project
from newspan.annotations.studio.upload import upload
from newspan.formats import write
from newspan.schema.model import Document
from pushed import assert_there_once, new_project

pytestmark = pytest.mark.slow


def test_proposals_arrive_as_predictions(server: LiveServer, tmp_path: Path) -> None:
    articles = [Document(article=article(REPORT, f"inv-990{n}")) for n in (1, 2)]
    source = tmp_path / "articles.jsonl"
    write([*articles, Document(article=article("Bonjour.", "inv-9903", "fr"))], source)
    said: list[str] = []
    with Studio.connect(server.url, server.token) as studio:
        title = new_project(studio).title
        pushed = upload(studio, source, title, say=said.append, preannotate=True)
        assert pushed.sent == 3
        assert any("inv-9903 has no proposals: its language is fr" in line for line in said)
        project = find_project(studio, title)
        expected = list(propose([*articles]))
        tasks = {t["data"]["article_id"]: t for t in studio.tasks(project.id, page_size=10)}
        assert tasks["inv-9903"]["total_predictions"] == 0
        studio.send("DELETE", f"/api/tasks/{tasks['inv-9903']['id']}/")
        assert_there_once(studio, project, expected, "predictions")
        again = upload(studio, source, title, say=said.append, preannotate=True)
        assert (again.sent, again.unchanged) == (1, 2)
