"""Push against a real server: once, whole, repaired, refused, and nobody's work lost."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

import newspan
from faulty_server import CUT, Answer, Seen, faulty_server
from live_server import LiveServer
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.foreign import task_parcels
from newspan.annotations.studio.held import exported, is_worked_on
from newspan.annotations.studio.project import open_project
from newspan.annotations.studio.push import push, push_parcels
from newspan.annotations.studio.tasks import Kind, parcels
from newspan.annotations.studio.upload import upload
from newspan.corpus.standoff import dehydrate, dehydrate_task, record_json
from newspan.errors import DocumentError, NewspanError
from newspan.formats.label_studio import encode
from newspan.schema.labelling import label_config
from newspan.schema.model import Document
from pushed import assert_same, assert_there_once, new_project, sure_record, whole_tasks
from reports import report, reports

pytestmark = pytest.mark.slow

NEWSPAN = Path(sys.executable).with_name("newspan")


@pytest.fixture
def studio(server: LiveServer) -> Iterator[Studio]:
    with Studio.connect(server.url, server.token) as connection:
        yield connection


def with_status(documents: list[Document], status: Any) -> list[Document]:
    return [
        msgspec.structs.replace(
            d, spans=tuple(msgspec.structs.replace(s, status=status) for s in d.spans)
        )
        for d in documents
    ]


@pytest.mark.parametrize("kind", ["bare", "predictions", "annotation"])
def test_articles_arrive_whole_and_a_second_push_changes_nothing(
    studio: Studio, kind: Kind
) -> None:
    project = new_project(studio)
    documents = list(reports(7, regions=20))
    settled: list[int] = []
    first = push(studio, project, documents, kind, batch=3, progress=settled.append)
    assert (first.sent, first.unchanged, first.mended, first.refused) == (7, 0, 0, ())
    assert sum(settled) == 7
    assert_there_once(studio, project, documents, kind)
    before = whole_tasks(studio, project)
    second = push(studio, project, documents, kind, batch=3)
    assert (second.sent, second.unchanged, second.mended) == (0, 7, 0)
    assert whole_tasks(studio, project) == before


def test_what_is_missing_is_sent_and_the_rest_left_alone(studio: Studio) -> None:
    project = new_project(studio)
    documents = list(reports(6, regions=5))
    push(studio, project, documents[::2], "predictions")
    before = {task["id"]: task for task in whole_tasks(studio, project)}
    pushed = push(studio, project, documents, "predictions")
    assert (pushed.sent, pushed.unchanged) == (3, 3)
    assert_there_once(studio, project, documents)
    after = {task["id"]: task for task in whole_tasks(studio, project)}
    assert all(after[number] == task for number, task in before.items())


def test_several_passes_of_an_article_travel_together(studio: Studio) -> None:
    project = new_project(studio)
    text = "Ana Duval left the harbour."
    first = report("made-two", text)
    second = msgspec.json.decode(
        msgspec.json.encode(first).replace(b"model-1", b"model-2"), type=Document
    )
    push(studio, project, [first, second], "predictions")
    push(studio, project, [first, second], "predictions")
    [task] = whole_tasks(studio, project)
    assert sorted(p["model_version"] for p in task["predictions"]) == ["model-1", "model-2"]
    assert sorted(sure_record(task).kept) == ["model-1", "model-2"]


def test_the_corpus_itself(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    title = new_project(studio).title
    pushed = upload(studio, None, title, "annotation", said.append, hydrated=Path("nowhere"))
    own = [d for d in newspan.load().documents() if d.article.text is not None]
    assert pushed.sent == len(own) > 10
    assert pushed.skipped
    assert all(name in "\n".join(said) for name in pushed.skipped[:50])
    tasks = {t["data"]["article_id"]: t for t in whole_tasks(studio, open_project(studio, title))}
    assert tasks.keys() == {d.article.id for d in own}
    for document in own:
        # The split is given at build time and stands in the tables alone.
        bare = msgspec.structs.replace(document.article, split=None)
        assert_same(
            tasks[document.article.id],
            msgspec.structs.replace(document, article=bare),
            "annotation",
        )


def test_documents_without_their_words_are_skipped_and_named(studio: Studio) -> None:
    project = new_project(studio)
    documents = list(reports(3, regions=5))
    made = [documents[0], dehydrate(documents[1]), documents[2]]
    pushed = push(studio, project, made, "predictions")
    assert pushed.skipped == ("made-00001",)
    assert_there_once(studio, project, [documents[0], documents[2]])


# What differs from what is there.


@pytest.fixture
def differing(studio: Studio) -> Any:
    """A project with two reports, and the same two, of which the second has another text."""
    project = new_project(studio)
    old = [report("made-a", "Ana Duval left."), report("made-b", "The harbour is closed.")]
    new = [old[0], report("made-b", "The harbour is open again.")]
    push(studio, project, old, "predictions")
    return project, old, new


def test_a_changed_text_is_refused_by_name(studio: Studio, differing: Any) -> None:
    project, old, new = differing
    pushed = push(studio, project, new, "predictions")
    assert (pushed.sent, pushed.unchanged) == (0, 1)
    [fault] = pushed.refused
    assert fault.article_id == "made-b"
    assert "text" in fault.message
    assert "--replace" in fault.remedy
    assert_there_once(studio, project, old)


def test_other_predictions_are_refused(studio: Studio, differing: Any) -> None:
    project, old, _ = differing
    pushed = push(studio, project, old, "bare")
    assert [fault.article_id for fault in pushed.refused] == ["made-a", "made-b"]
    assert_there_once(studio, project, old)


def test_replace_backs_up_first(studio: Studio, differing: Any, tmp_path: Path) -> None:
    project, _, new = differing
    task = next(t for t in whole_tasks(studio, project) if t["data"]["article_id"] == "made-b")
    work = [{"id": "w", "from_name": "span", "to_name": "text", "type": "labels",
             "value": {"start": 0, "end": 3, "text": "The", "labels": ["Actor"]}}]  # fmt: skip
    studio.send("POST", f"/api/tasks/{task['id']}/annotations/", {"result": work})
    studio.send("POST", f"/api/tasks/{task['id']}/drafts", {"result": work, "lead_time": 1})
    folder = tmp_path / "backups"
    pushed = push(studio, project, new, "predictions", replace=True, backup=folder)
    assert (pushed.sent, pushed.replaced, pushed.unchanged) == (1, 1, 1)
    assert_there_once(studio, project, new)
    [path] = pushed.backups
    assert folder.stat().st_mode & 0o777 == 0o700
    [saved] = json.loads(path.read_text())
    assert saved["data"]["article_id"] == "made-b"
    assert saved["annotations"][0]["result"] == work
    assert saved["drafts"][0]["result"] == work


def test_nothing_is_deleted_where_the_backup_cannot_be_written(
    studio: Studio, differing: Any, tmp_path: Path
) -> None:
    project, old, new = differing
    (tmp_path / "file").touch()
    with pytest.raises(NewspanError, match="--backup"):
        push(
            studio, project, new, "predictions", replace=True, backup=tmp_path / "file" / "backups"
        )
    assert_there_once(studio, project, old)


def test_a_task_from_elsewhere_is_not_taken_for_ours(studio: Studio) -> None:
    project = new_project(studio)
    document = report("made-a", "Ana Duval left.")
    task = {"data": next(encode([document]))["data"]}
    studio.send("POST", f"/api/projects/{project.id}/import", [task, task])
    pushed = push(studio, project, [document], "predictions")
    assert [fault.article_id for fault in pushed.refused] == ["made-a"]
    assert len(whole_tasks(studio, project)) == 2


def test_a_changed_configuration_is_refused(studio: Studio, tmp_path: Path) -> None:
    project = new_project(studio)
    documents = list(reports(2, regions=5))
    push(studio, project, documents, "predictions")
    other = re.sub(r' *<Label value="Cue".*?/>\n', "", label_config())
    assert other != label_config()
    path = f"/api/projects/{project.id}/"
    studio.send("PATCH", path, {"label_config": other})
    with pytest.raises(NewspanError, match="Cue") as caught:
        open_project(studio, project.title)
    assert "--replace" in str(caught.value)
    mended = open_project(studio, project.title, replace=True)
    assert mended.faults == ()
    assert mended.config == project.config
    # Looks alone are the project's own business.
    looks = label_config().replace('hotkey="1"', 'hotkey="9"')
    assert looks != label_config()
    studio.send("PATCH", path, {"label_config": looks})
    assert open_project(studio, project.title).config == project.config
    assert push(studio, mended, documents, "predictions").unchanged == 2


def test_a_task_pushed_under_another_configuration_keeps_its_work(
    studio: Studio, tmp_path: Path
) -> None:
    project = new_project(studio)
    documents = list(reports(2, regions=5))
    push(studio, project._replace(config="of a former version"), documents, "predictions")
    first = whole_tasks(studio, project)[0]
    number = first["id"]
    studio.send("PATCH", f"/api/tasks/{number}/", {"meta": {**first["meta"], "desk": "sports"}})
    studio.send("POST", f"/api/tasks/{number}/annotations/", {"result": []})
    pushed = push(studio, project, documents, "predictions")
    assert len(pushed.refused) == 2
    assert "configuration" in str(pushed.refused[0])
    pushed = push(studio, project, documents, "predictions", replace=True, backup=tmp_path)
    assert (pushed.replaced, pushed.sent, pushed.backups) == (2, 0, ())
    tasks = whole_tasks(studio, project)
    assert len(tasks[0]["annotations"]) == 1
    assert tasks[0]["meta"]["desk"] == "sports"
    assert {sure_record(task).config for task in tasks} == {project.config}
    assert push(studio, project, documents, "predictions").unchanged == 2


def test_projects_of_one_title_are_refused(studio: Studio) -> None:
    project = new_project(studio)
    body = {"title": project.title, "label_config": label_config()}
    studio.send("POST", "/api/projects/", body)
    with pytest.raises(NewspanError, match="2 projects have the title"):
        open_project(studio, project.title)
    with pytest.raises(NewspanError, match="3 to 50"):
        open_project(studio, "x")


# What the server loses.


def locking(server: LiveServer, seconds: float, times: int) -> Any:
    """Hold the write lock of the server's database while it takes in an import, some times."""
    left = [times]

    def lock(seen: Seen) -> None:
        if "/import" not in seen.path or not left[0]:
            return
        left[0] -= 1
        path = server.folder / "label_studio.sqlite3"
        holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        holder.execute("BEGIN IMMEDIATE")
        threading.Timer(seconds, holder.close).start()

    return lock


def test_the_server_does_lose_predictions_under_a_lock(server: LiveServer, studio: Studio) -> None:
    """Were this mended in Label Studio, the repair would be tested by nothing."""
    project = new_project(studio)
    made = list(parcels(reports(3, regions=5), "predictions", project.config))
    with faulty_server(upstream=server.url) as proxy:
        proxy.before = locking(server, 1.0, 1)
        with Studio.connect(proxy.url, server.token) as through:
            body = b"[" + b",".join(p.body or b"" for p in made) + b"]"
            reply = through.send("POST", f"/api/projects/{project.id}/import", body)
    assert (reply["task_count"], reply["prediction_count"]) == (3, 0)


@pytest.mark.parametrize("kind", ["predictions", "annotation"])
def test_what_the_server_lost_under_a_lock_is_sent_again(
    server: LiveServer, studio: Studio, kind: Kind
) -> None:
    project = new_project(studio)
    documents = list(reports(8, regions=5))
    with faulty_server(upstream=server.url) as proxy:
        proxy.before = locking(server, 1.0, 1)
        with Studio.connect(proxy.url, server.token) as through:
            pushed = push(through, project, documents, kind, batch=4)
    assert (pushed.sent, pushed.mended) == (8, 4)
    assert_there_once(studio, project, documents, kind)


def test_pushes_at_once_lose_and_double_nothing(server: LiveServer, studio: Studio) -> None:
    """Imports that get into each other's way, as `database is locked` comes in life."""
    projects = [new_project(studio) for _ in range(3)]
    documents = list(reports(16, regions=30))

    def one(number: int) -> None:
        with Studio.connect(server.url, server.token) as own:
            push(own, projects[number], documents, "predictions", batch=4)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for project in projects:
        push(studio, project, documents, "predictions")
        assert_there_once(studio, project, documents)


@pytest.mark.parametrize(
    "failure",
    [
        Answer(429),
        CUT,
        Answer(502, carried_out=True),
        Answer(cut=True, body=b"", carried_out=True),
        Answer(pause=3, carried_out=True, body=b""),
    ],
    ids=["429", "cut", "502 but done", "cut but done", "late"],
)
def test_an_import_whose_answer_is_lost_is_made_good(
    server: LiveServer, studio: Studio, failure: Answer
) -> None:
    project = new_project(studio)
    documents = list(reports(6, regions=5))
    with (
        faulty_server(failure, failure, upstream=server.url, only="/import") as proxy,
        Studio.connect(proxy.url, server.token, timeout=2) as through,
    ):
        pushed = push(through, project, documents, "predictions", batch=3)
    assert pushed.sent == 6
    assert_there_once(studio, project, documents)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(500), "answered 500"),
        (Answer(201, b'{"task_count": 2, "annotation_count": 0, "prediction_count": 0}'), "lost"),
        (Answer(201, b'{"import": 7}'), "does not answer as Label Studio does"),
        (Answer(400, b'{"detail": "no such label"}'), "no such label"),
    ],
    ids=["500", "lost", "background", "refused"],
)
def test_a_server_that_takes_nothing_is_given_up_and_told_why(
    server: LiveServer,
    studio: Studio,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
    said: str,
) -> None:
    monkeypatch.setattr("newspan.annotations.studio.pushing.PAUSES", (0.0, 0.1))
    project = new_project(studio)
    with (
        faulty_server(*[answer] * 9, upstream=server.url, only="/import") as proxy,
        Studio.connect(proxy.url, server.token) as through,
        pytest.raises(NewspanError, match=said),
    ):
        push(through, project, reports(2, regions=5), "predictions")
    assert whole_tasks(studio, project) == []


def test_a_deletion_whose_answer_is_lost_is_made_good(
    server: LiveServer, studio: Studio, tmp_path: Path
) -> None:
    project = new_project(studio)
    push(studio, project, reports(4, regions=5, seed=1), "predictions")
    documents = list(reports(4, regions=5, seed=2))
    failures = [CUT, Answer(500, carried_out=True)]
    with (
        faulty_server(*failures, upstream=server.url, only="/dm/actions") as proxy,
        Studio.connect(proxy.url, server.token) as through,
    ):
        pushed = push(through, project, documents, "predictions", replace=True, backup=tmp_path)
    assert pushed.replaced == 4
    assert_there_once(studio, project, documents)


def test_second_copies_go_and_work_stays(studio: Studio) -> None:
    """Two imports of one batch, as when a first one came in after all."""
    project = new_project(studio)
    documents = list(reports(4, regions=5))
    bodies = [p.body or b"" for p in parcels(documents, "predictions", project.config)]
    twice = b"[" + b",".join(bodies * 2) + b"]"
    path = f"/api/projects/{project.id}/import"
    numbers = studio.send("POST", path, twice, return_task_ids="true")["task_ids"]
    done, drafted, both = numbers[5], numbers[6], (numbers[3], numbers[7])
    for number in (done, *both):
        studio.send("POST", f"/api/tasks/{number}/annotations/", {"result": []})
    studio.send("POST", f"/api/tasks/{drafted}/drafts", {"result": [], "lead_time": 1})
    pushed = push(studio, project, documents, "predictions")
    assert [fault.article_id for fault in pushed.refused] == ["made-00003"]
    assert "2 tasks" in str(pushed.refused[0])
    left = {task["id"] for task in whole_tasks(studio, project)}
    assert left == {numbers[0], done, drafted, *both}
    assert (pushed.sent, pushed.mended) == (0, 3)


def test_what_a_person_deleted_is_not_brought_back(studio: Studio) -> None:
    project = new_project(studio)
    documents = list(reports(2, regions=5))
    push(studio, project, documents, "annotation")
    first = whole_tasks(studio, project)[0]
    studio.send("DELETE", f"/api/annotations/{first['annotations'][0]['id']}/")
    assert push(studio, project, documents, "annotation").unchanged == 2
    assert [len(t["annotations"]) for t in whole_tasks(studio, project)] == [0, 1]


def test_an_edited_annotation_counts_as_work(studio: Studio) -> None:
    project = new_project(studio)
    push(studio, project, reports(1, regions=5), "annotation")
    [task] = whole_tasks(studio, project)
    [before] = exported(studio, project.id, [task["id"]])
    assert not is_worked_on(before)
    number = task["annotations"][0]["id"]
    studio.send("PATCH", f"/api/annotations/{number}/", {"result": []})
    [after] = exported(studio, project.id, [task["id"]])
    assert is_worked_on(after)


# What never reaches the server.


def foreign(result: list[Any], **data: Any) -> dict[str, Any]:
    """A task in Label Studio's JSON as it comes from elsewhere."""
    made = next(encode([report("made-a", "Ana Duval left Porto.")]))
    return {
        "data": {**made["data"], **data},
        "predictions": [{"model_version": "m", "result": result}],
    }


def region(name: Any, start: Any = 0, end: Any = 9, **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": "Ana Duval", "labels": ["Cue"]}
    return {"id": name, "from_name": "span", "to_name": "text", "type": "labels", "value": value,
            **more}  # fmt: skip


def arc(head: str, tail: str, **more: Any) -> dict[str, Any]:
    return {"type": "relation", "from_id": head, "to_id": tail, "direction": "right",
            "labels": ["continues"], **more}  # fmt: skip


NUMBER = {"id": "a", "from_name": "loc_lat", "to_name": "text", "type": "number"}


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (foreign([region("a"), {**NUMBER, "value": {"number": "48.85"}}]), "loc_lat"),
        (foreign([region("a"), {**NUMBER, "value": {"number": 2**53 + 1}}]), "2^53"),
        (foreign([region("a"), {**NUMBER, "value": {"number": 1e22}}]), "2^53"),
        (foreign([region("a", score=2**60)]), "score|2\\^53"),
        (foreign([region("a", meta={"count": 2**53})]), "2^53"),
        (
            foreign([region("a"), {**NUMBER, "from_name": "cue_x", "type": "choices",
                                   "value": {"choices": ["x"]}}]),
            "cue_x",
        ),
        (foreign([region("a"), arc("a", "b")]), "no region"),
        (foreign([region("a", parentID="b")]), "parentID"),
        (foreign([region("a"), region("a", 10, 14)]), "two regions"),
        (foreign([region("a", from_name="other")]), "from_name"),
        (foreign([region("a", to_name="other")]), "to_name"),
        (foreign([region("a", "0", 9)]), "whole numbers"),
        (foreign([region("a", 0.0, 9.0)]), "whole numbers"),
        (foreign([region("a", -1, 9)]), ">= 0"),
        (foreign([region("a", 9, 0)]), "end|empty|backwards"),
        (foreign([region("a", 0, 900)]), "beyond|900"),
        (foreign([region("a", meta={"text": ["\ud800"]})]), "surrogate"),
        (foreign([region("a", meta={"text": ["\0"]})]), "NUL"),
        (foreign([region("a", meta={"more": "\0"})]), "NUL"),
        (foreign([region("a", hidden="\ud800")]), "surrogate"),
        (foreign([region("a")], title="\ud800"), "surrogate"),
        (foreign([region("a")], title="\0"), "NUL"),
        (foreign([], text="Ana\0"), "NUL|text"),
        (foreign([region("a")], text="Another text."), "text"),
        ({"data": {"text": "Ana"}}, "article_id"),
        (foreign("no list"), "list of results"),  # type: ignore[arg-type]
        ({**foreign([]), "predictions": "no list"}, "no list|JSON"),
    ],
    ids=range(27),
)  # fmt: skip
@pytest.mark.parametrize("kind", ["predictions", "annotation"])
def test_what_breaks_the_editor_is_refused(task: dict[str, Any], said: str, kind: Kind) -> None:
    with pytest.raises(DocumentError, match=said.replace("2^53", r"2\^53")):
        list(task_parcels([task], kind, "config"))


def test_what_a_document_has_no_place_for_travels_and_is_kept(studio: Studio) -> None:
    project = new_project(studio)
    marked = [
        region("a", score=0.25, hidden=True, meta={"text": ["hm"], "seen": [1, "🔥"]}),
        region("b", 10, 14, source={"tool": "x"}, origin="prediction", parentID="a"),
        arc("a", "b", id="rel-1", confidence=0.7),
        {**arc("a", "b", id="rel-2"), "direction": "right"},
    ]
    marked[1]["value"] |= {"text": "left", "weight": 3}
    task = foreign(marked)
    pushed = push_parcels(studio, project, task_parcels([task], "predictions", project.config))
    assert pushed.sent == 1
    [there] = whole_tasks(studio, project)
    results = there["predictions"][0]["result"]
    by_id = {result.get("id"): result for result in results}
    assert by_id["a"]["meta"] == {"text": ["hm"], "seen": [1, "🔥"]}
    assert by_id["a"]["hidden"] is True
    assert by_id["a--2"]["value"]["weight"] == 3
    assert by_id["a--2"]["origin"] == "prediction"
    # One relation for a pair: the editor deletes a second one.
    assert [r["labels"] for r in results if r["type"] == "relation"] == [["continues"]]
    kept = sure_record(there).kept["m"]
    assert kept["regions"] == {
        "a": [{"from_name": "span", "result": {"hidden": True}}],
        "a--2": [
            {"from_name": "span", "result": {"source": {"tool": "x"}}, "value": {"weight": 3}}
        ],
    }
    # What continues a region is named after it.
    ends = {"from_id": "a", "to_id": "a--2", "labels": ["continues"]}
    assert kept["relations"] == [
        {**ends, "id": "rel-1", "confidence": 0.7},
        {**ends, "id": "rel-2"},
    ]
    again = push_parcels(studio, project, task_parcels([task], "predictions", project.config))
    assert (again.sent, again.unchanged) == (0, 1)


def test_an_article_given_twice_is_refused(studio: Studio) -> None:
    project = new_project(studio)
    task = foreign([region("a")])
    with pytest.raises(DocumentError, match="twice"):
        push_parcels(studio, project, task_parcels([task, task], "bare", project.config))


# The command.


def run(server: LiveServer, *arguments: str | Path, **environment: str) -> Any:
    env = {**os.environ, "LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.token}
    return subprocess.run(
        [NEWSPAN, "studio", "push", *arguments],
        env={**env, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@dataclass
class Files:
    jsonl: Path
    json: Path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    documents = list(reports(4, regions=6))
    jsonl, ls = tmp_path / "made.jsonl", tmp_path / "made.json"
    newspan.write(documents, jsonl)
    newspan.write(documents, ls)
    return Files(jsonl, ls)


def test_the_command_pushes_files_of_both_kinds(
    server: LiveServer, studio: Studio, files: Files
) -> None:
    title = new_project(studio).title
    options = ("--project", title, "--as", "predictions")
    first = run(server, files.jsonl, *options)
    assert (first.returncode, first.stderr) == (0, "")  # no bar where no terminal is
    assert "4 sent" in first.stdout
    second = run(server, files.json, *options)
    assert second.returncode == 0, second.stderr
    assert "4 there already" in second.stdout
    other = run(server, files.json, "--project", title)
    assert other.returncode == 2
    assert "made-00003" in other.stderr
    assert "--replace" in other.stderr
    assert "Traceback" not in other.stderr
    assert_there_once(studio, open_project(studio, title), reports(4, regions=6))
    for done in (first, second, other):
        assert server.token not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LABEL_STUDIO_API_KEY": ""}, "LABEL_STUDIO_API_KEY is not set"),
        ({"LABEL_STUDIO_URL": ""}, "LABEL_STUDIO_URL is not set"),
        ({"LABEL_STUDIO_API_KEY": "wr0ng" * 8}, "401"),
        ({"LABEL_STUDIO_URL": "http://user:wr0ng@127.0.0.1"}, "address"),
    ],
    ids=["no token", "no server", "wrong token", "password"],
)
def test_the_command_says_what_is_missing(
    server: LiveServer, environment: dict[str, str], said: str
) -> None:
    done = run(server, **environment)
    assert done.returncode == 2
    assert said in done.stderr
    assert "wr0ng" not in done.stdout + done.stderr
    assert server.token not in done.stdout + done.stderr


def test_the_traceback_of_debug_shows_no_token(server: LiveServer) -> None:
    done = run(server, "--debug", LABEL_STUDIO_API_KEY="wr0ng" * 8)
    assert "Traceback" in done.stderr
    assert "wr0ng" not in done.stdout + done.stderr


def test_there_is_a_progress_bar_on_a_terminal(server: LiveServer, files: Files) -> None:
    import pty

    ours, theirs = pty.openpty()
    env = {**os.environ, "LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.token,
           "TERM": "xterm"}  # fmt: skip
    done = subprocess.run(
        [NEWSPAN, "studio", "push", files.jsonl, "--project", "test of the bar"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=theirs,
        timeout=120,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0, shown
    assert "4 articles" in shown
    assert server.token not in shown


# A corpus whose texts are others'.


@pytest.fixture
def corpus(tmp_path: Path) -> tuple[Path, Path, Document]:
    """A corpus with one stand-off article, a folder with its words, and the whole document."""
    [whole] = with_status(list(reports(1, regions=12)), "adjudicated")
    [whole] = [
        msgspec.structs.replace(
            whole,
            article=msgspec.structs.replace(whole.article, origin="press", title=None),
            spans=tuple(msgspec.structs.replace(s, note=None) for s in whole.spans),
        )
    ]
    name, root, hydrated = whole.article.id, tmp_path / "root", tmp_path / "hydrated"
    files = {
        root / "corpus" / "standoff" / "press" / f"{name}.json": record_json(whole.article),
        hydrated / f"{name}.txt": (whole.article.text or "").encode(),
    }
    bare = next(encode([whole]))
    task = msgspec.json.encode(dehydrate_task(bare, whole.article.text or ""))
    for folder in ("adjudicated", "passes/first"):
        files[root / "annotations" / folder / f"{name}.json"] = task
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root, hydrated, whole


@pytest.mark.parametrize("pass_name", [None, "first"])
def test_owners_words_come_from_the_hydrated_folder(
    studio: Studio, corpus: Any, pass_name: str | None
) -> None:
    root, hydrated, whole = corpus
    title = new_project(studio).title
    without = upload(
        studio, root, title, "annotation", str, pass_name=pass_name, hydrated=root / "nowhere"
    )
    assert without.skipped == (whole.article.id,)
    assert without.sent == 0
    upload(studio, root, title, "annotation", str, pass_name=pass_name, hydrated=hydrated)
    assert_there_once(studio, open_project(studio, title), [whole], "annotation")


@pytest.mark.parametrize(
    ("pass_name", "said"), [("second", "no such pass"), ("../adjudicated", "no name of a pass")]
)
def test_a_pass_that_is_not_there_is_refused(
    studio: Studio, corpus: Any, pass_name: str, said: str
) -> None:
    root, hydrated, _ = corpus
    title = new_project(studio).title
    with pytest.raises(NewspanError, match=said):
        upload(studio, root, title, "annotation", str, pass_name=pass_name, hydrated=hydrated)
    assert whole_tasks(studio, open_project(studio, title)) == []
