"""Pull from a real server: everything, once, restored, without owners' words; or held back."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import newspan
from editor_losses import saved
from live_server import LiveServer
from newspan.annotations.marking import task_json
from newspan.annotations.studio import snapshot
from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.known import known_articles
from newspan.annotations.studio.project import Project, find_project
from newspan.annotations.studio.pull import Pulled, pull
from newspan.annotations.studio.push import push_parcels
from newspan.annotations.studio.source import source_parcels
from newspan.corpus.collect import read_sources
from newspan.corpus.hydrate import hydrate
from newspan.files import read_json
from newspan.formats.label_studio import read, tasks_of
from people import Person
from pushed import new_project, whole_tasks
from trees import OWNER_TEXT, REPOSITORY, copy_tree

pytestmark = pytest.mark.slow

Place = dict[Path, tuple[int, int, bytes]]


@pytest.fixture
def studio(server: LiveServer) -> Iterator[Studio]:
    with Studio.connect(server.url, server.token) as connection:
        yield connection


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = copy_tree(tmp_path / "tree")
    assert hydrate(root, "text", OWNER_TEXT, root / "hydrated").ok
    return root


class Work:
    """A project with the articles of a tree, and where they are pulled to."""

    def __init__(self, studio: Studio, tree: Path, kind: Any = "annotation") -> None:
        self.studio, self.tree = studio, tree
        self.project: Project = new_project(studio)
        made = source_parcels(tree, kind, self.project.config, hydrated=tree / "hydrated")
        push_parcels(studio, self.project, made)
        self.articles = known_articles(tree)
        self.target = tree / "pulled"

    def pull(self, **options: Any) -> Pulled:
        return pull(self.studio, self.project, self.target, self.articles, **options)

    def tasks(self) -> dict[str, dict[str, Any]]:
        return {t["data"]["article_id"]: t for t in whole_tasks(self.studio, self.project)}

    def file(self, name: str, folder: str = "adjudicated") -> Any:
        return json.loads((self.target / folder / f"{name}.json").read_text("utf-8"))


def everything(folder: Path) -> Place:
    """Every file with what it is and when and where it was written."""
    return {
        p: (p.stat().st_mtime_ns, p.stat().st_ino, p.read_bytes())
        for p in [folder, *folder.rglob("*")]
        if p.is_file()
    } | {p: (0, p.stat().st_ino, b"") for p in [folder, *folder.rglob("*")] if p.is_dir()}


def said(faults: Any) -> str:
    return "\n".join(str(fault) for fault in faults)


ACTOR = {"from_name": "span", "to_name": "text", "type": "labels", "origin": "manual"}


def actor(region: str, start: int, end: int, *, whole: bool = True) -> list[dict[str, Any]]:
    """What the editor writes of an actor; without its type it is unfinished."""
    place = {"start": start, "end": end, "text": "…"}
    label = {**ACTOR, "id": region, "value": {**place, "labels": ["Actor"]}}
    kind = {**ACTOR, "id": region, "from_name": "actor_type", "type": "choices",
            "value": {**place, "choices": ["person"]}}  # fmt: skip
    return [label, kind] if whole else [label]


@pytest.mark.parametrize("root", ["tree", "repository"])
def test_what_is_submitted_unchanged_comes_back_byte_for_byte(
    root: str, studio: Studio, tree: Path, server: LiveServer, tmp_path: Path
) -> None:
    work = Work(studio, tree if root == "tree" else REPOSITORY)
    work.target = tmp_path / "pulled"
    with Person(server) as ana:
        for task in work.tasks().values():
            for annotation in task["annotations"]:
                ana.update(annotation["id"], saved(annotation["result"], task["data"]["text"]))
    found = work.pull()
    assert not found.held_back
    assert len(found.written) > 3
    for name in found.written:
        source = work.tree / "annotations" / "adjudicated" / f"{name}.json"
        assert (found.folder / f"{name}.json").read_bytes() == source.read_bytes(), name
    assert (root == "tree") == ("press-9001" in found.written)


def test_a_pass_holds_everything_and_is_read_again(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    work = Work(studio, tree, "predictions")
    tasks = work.tasks()
    first = tasks["inv-9001"]
    with Person(server, "ana") as ana, Person(server, "bea") as bea:
        number = first["predictions"][0]["id"]
        taken = saved(first["predictions"][0]["result"], first["data"]["text"])
        ana.submit(first["id"], taken, parent_prediction=number)
        note = actor("n1", 0, 4)
        note[0]["meta"] = {"text": ["unsure"]}
        bea.submit(first["id"], note)
        bea.skip(tasks["inv-9002"]["id"])
        bea.draft(tasks["ret-9001"]["id"], actor("d1", 0, 3, whole=False))
        found = work.pull(pass_name="first")
    assert not found.held_back
    assert set(found.written) == set(tasks)
    assert "was skipped by bea" in said(found.notes)
    assert "has a draft by bea" in said(found.notes)
    made = work.file("inv-9001", "passes/first")
    assert [a["completed_by"]["email"][:3] for a in made["annotations"]] == ["ana", "bea"]
    assert made["annotations"][0]["made_from"] == {
        "prediction": made["predictions"][0]["model_version"]
    }
    assert work.file("inv-9002", "passes/first")["annotations"][0]["was_cancelled"] is True
    assert work.file("ret-9001", "passes/first")["drafts"][0]["user"] == bea.email
    path = found.folder / "inv-9001.json"
    readings = list(read(tasks_of(read_json(path)), None, path))
    assert [(r.state, r.faults) for r in readings] == [
        ("annotation", ()), ("annotation", ()), ("prediction", ()),
    ]  # fmt: skip
    documents = [r.document for r in readings if r.document is not None]
    assert {s.annotator for s in documents[0].spans} == {ana.email}
    assert [s.note for s in documents[1].spans] == ["unsure"]
    (source,) = [d for d in read_sources(tree).documents if d.article.id == "inv-9001"]
    assert [(s.start, s.end) for s in documents[0].spans] == [
        (s.start, s.end) for s in source.spans
    ]
    before = everything(work.target)
    again = work.pull(pass_name="first")
    assert (again.written, again.notes) == ((), found.notes)
    assert everything(work.target) == before


def test_no_words_of_an_owner_are_written_anywhere(
    studio: Studio, tree: Path, server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = tmp_path / "temporary"
    hidden.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(hidden))
    work = Work(studio, tree)
    task = work.tasks()["press-9001"]
    words = task["data"]["text"]
    seen = []

    def look(_: int) -> None:
        for folder in hidden.iterdir():
            seen.append(folder.stat().st_mode & 0o777)

    with Person(server) as ana:
        results = saved(task["annotations"][0]["result"], words)
        results[0]["meta"] = {"text": [f"look: {words[20:60]}"]}
        ana.update(task["annotations"][0]["id"], results)
        ana.draft(task["id"], actor("d", 0, 10))
        work.pull(progress=look)
        found = work.pull(pass_name="first", progress=look)
    assert set(seen) == {0o700}
    assert list(hidden.iterdir()) == []
    assert "notes taken out" in said(found.notes)
    parts = [words[at : at + 25] for at in range(0, len(words) - 25, 9)]
    for path in work.target.rglob("*"):
        if path.is_file() and "press" in path.name:
            text = path.read_text("utf-8")
            assert not [part for part in parts if part in text], path
    assert work.file("press-9001", "passes/first")["drafts"]
    assert "text" not in work.file("press-9001", "passes/first")["data"]


def test_later_pulls_take_what_has_changed_and_miss_no_draft(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    work = Work(studio, tree, "bare")
    numbers = {name: task["id"] for name, task in work.tasks().items()}
    with Person(server) as ana:
        first = ana.submit(numbers["inv-9001"], actor("a", 0, 4))
        assert work.pull(pass_name="p").written == ("inv-9001",)
        draft = ana.draft(numbers["inv-9002"], actor("d", 0, 3))
        assert work.pull(pass_name="p").written == ("inv-9002",)
        ana.redraft(draft, actor("d", 0, 5))
        assert work.pull(pass_name="p").written == ("inv-9002",)
        assert work.pull(pass_name="p").written == ()
        on = ana.draft(numbers["inv-9001"], actor("a", 0, 6), first)
        assert work.pull(pass_name="p").written == ("inv-9001",)
        ana.discard(on)
        assert work.pull(pass_name="p").written == ("inv-9001",)
        ana.update(first, actor("a", 0, 6))
        assert work.pull(pass_name="p").written == ("inv-9001",)
        assert work.file("inv-9001", "passes/p")["annotations"][0]["result"][0]["value"]["end"] == 6
        (work.target / "passes" / "p" / "inv-9001.json").write_text("{}")
        assert work.pull(pass_name="p").written == ("inv-9001",)
        ana.submit(numbers["ret-9001"], actor("a", 0, 4))
        ana.delete(first)
        found = work.pull(pass_name="p")
        assert found.written == ("ret-9001",)
        assert "no longer on the server" in said(found.notes)


def test_a_project_taken_in_parts_is_the_same(
    studio: Studio, tree: Path, server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work(studio, tree)
    studio.send("DELETE", f"/api/tasks/{work.tasks()['inv-9002']['id']}/")
    work.project = find_project(studio, work.project.title)
    assert work.project.task_number == 3
    work.pull(pass_name="whole")
    monkeypatch.setattr(snapshot, "_PART", 1)
    seen: list[int] = []
    found = work.pull(pass_name="whole", full=True, progress=seen.append)
    assert (found.written, found.unchanged, seen) == ((), 3, [1, 2, 3])
    one = work.project._replace(task_number=9)  # more than can be found: all are asked for
    again = pull(studio, one, work.target, work.articles, pass_name="whole", full=True)
    assert (again.written, again.unchanged) == ((), 3)
    with Person(server) as ana:
        for task in work.tasks().values():
            ana.submit(task["id"], actor("a", 0, 4))
    found = work.pull(pass_name="whole")
    assert (found.held_back, len(found.written)) == ((), 3), found.summary()


def test_what_is_gone_from_the_server_is_reported_and_pruned_on_demand(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    work = Work(studio, tree)
    with Person(server) as ana:
        ana.submit(work.tasks()["ret-9001"]["id"], actor("a", 0, 4))
        work.pull(pass_name="p")
        deleted = work.tasks()["ret-9001"]["annotations"]
        (hers,) = [a["id"] for a in deleted if a.get("import_id") is None]
        ana.delete(hers)
    found = work.pull(pass_name="p")
    assert "an annotation by ana" in said(found.notes)
    assert "deleted on the server" in said(found.notes)
    work.pull()
    studio.send("DELETE", f"/api/tasks/{work.tasks()['inv-9001']['id']}/")
    for _ in range(2):  # it is said as long as it is so
        for options in ({}, {"pass_name": "p"}):
            found = work.pull(**options)
            assert (found.written, found.removed) == ((), ())
            assert "article inv-9001: what was pulled is no longer" in said(found.notes)
            assert (found.folder / "inv-9001.json").is_file()
    found = work.pull(prune=True)
    assert found.removed == ("inv-9001",)
    assert not (found.folder / "inv-9001.json").exists()
    assert (found.folder / "inv-9002.json").is_file()
    assert "no longer" not in said(work.pull().notes)


def test_what_is_not_one_finished_annotation_is_held_back(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    work = Work(studio, tree, "bare")
    tasks = work.tasks()
    with Person(server, "ana") as ana, Person(server, "bea") as bea:
        ana.submit(tasks["inv-9001"]["id"], actor("a", 0, 4))
        bea.submit(tasks["inv-9001"]["id"], actor("b", 0, 5))
        bea.submit(tasks["inv-9002"]["id"], actor("c", 0, 4, whole=False))
        bea.submit(tasks["ret-9001"]["id"], actor("c", 0, 4))
        path = f"/api/tasks/{tasks['ret-9001']['id']}/"
        changed = {**tasks["ret-9001"]["data"], "text": "Another text."}
        studio.send("PATCH", path, {"data": changed})
        other = {"data": {**tasks["inv-9001"]["data"], "article_id": "../../etc/passwd"}}
        press = {"data": tasks["press-9001"]["data"]}
        studio.send("POST", f"/api/projects/{work.project.id}/import", [other, press])
        found = work.pull()
    assert found.written == ()
    assert not found.folder.exists()
    for words in (
        f"has 2 finished annotations (by {ana.email}, {bea.email})",
        "span inv-9002/adjudicated/c: the actor has no type",
        "article ret-9001: was annotated on another text",
        "is of article '../../etc/passwd', which is not in the corpus",
        "article press-9001: has two tasks",
    ):
        assert words in said(found.held_back)
    assert len(found.held_back) == 5
    assert work.pull().held_back != ()  # it is said as long as it is so


def test_a_fault_that_only_the_words_show_is_found_in_a_stand_off_article(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    work = Work(studio, tree)
    task = work.tasks()["press-9001"]
    at = task["data"]["text"].index(" ")
    results = saved(task["annotations"][0]["result"], task["data"]["text"])
    with Person(server) as ana:
        ana.update(task["annotations"][0]["id"], [*results, *actor("edge", at, at + 3)])
    found = work.pull()
    assert "press-9001" not in found.written
    assert "press-9001/adjudicated/edge: fragment" in said(found.held_back)
    found = work.pull(pass_name="p")
    assert "press-9001" in found.written
    assert "edge: fragment" in said(found.notes)


def test_a_file_changed_here_too_is_not_written_over(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    work = Work(studio, tree)
    work.pull()
    path = work.target / "adjudicated" / "inv-9001.json"
    mine = path.read_bytes().replace(b'"was_cancelled"', b'"mine": 1,\n   "was_cancelled"')
    path.write_bytes(mine)
    assert work.pull().written == ()
    assert path.read_bytes() == mine
    task = work.tasks()["inv-9001"]
    with Person(server) as ana:
        ana.update(task["annotations"][0]["id"], actor("z", 0, 4))
    found = work.pull()
    assert "changed here and on the server" in said(found.held_back)
    assert path.read_bytes() == mine
    assert work.pull(full=True).written == ("inv-9001",)
    (span,) = [
        r for r in work.file("inv-9001")["annotations"][0]["result"] if r["type"] == "labels"
    ]
    assert (span["id"], span["value"]["end"]) == ("z", 4)


def test_changed_regions_are_by_who_changed_them(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    work = Work(studio, tree)
    task = work.tasks()["inv-9001"]
    results = saved(task["annotations"][0]["result"], task["data"]["text"])
    with Person(server) as ana:
        ana.update(task["annotations"][0]["id"], [*results, *actor("new-1", 0, 2)])
        found = work.pull()
    assert not found.held_back
    path = found.folder / "inv-9001.json"
    (reading,) = read(tasks_of(read_json(path)), work.articles, path)
    assert reading.document is not None
    by = {s.id: (s.annotator, s.annotator_kind, s.status) for s in reading.document.spans}
    assert by.pop("inv-9001/adjudicated/new-1") == (ana.email, "human", "adjudicated")
    (source,) = [d for d in read_sources(tree).documents if d.article.id == "inv-9001"]
    assert by == {s.id: (s.annotator, s.annotator_kind, s.status) for s in source.spans}


def test_unknown_keys_come_back_to_the_corpus(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    path = tree / "annotations" / "adjudicated" / "inv-9001.json"
    task = json.loads(path.read_text("utf-8"))
    results = task["annotations"][0]["result"]
    results[0]["checked_by"] = "Eva"
    results[0]["value"]["sure"] = {"very": True}
    (first, *_) = [r for r in results if r["type"] == "relation"]
    first["id"], first["meta"] = "rel-1", {"confidence": 0.5}
    path.write_text(json.dumps(task), "utf-8")
    work = Work(studio, tree)
    there = work.tasks()["inv-9001"]
    with Person(server) as ana:
        ana.update(
            there["annotations"][0]["id"],
            saved(there["annotations"][0]["result"], there["data"]["text"]),
        )
    assert not work.pull().held_back
    made = work.file("inv-9001")["annotations"][0]["result"]
    assert sorted(json.dumps(r, sort_keys=True) for r in made) == sorted(
        json.dumps(r, sort_keys=True) for r in results
    )


def test_the_command_pulls_and_says_what_is_held_back(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    work = Work(studio, tree)
    environment = {"LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.token,
                   "PATH": "/usr/bin:/bin", "HOME": str(tree)}  # fmt: skip

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [Path(sys.executable).with_name("newspan"), "studio", "pull", tree / "out",
                   "--source", tree, "--project", work.project.title, *more]  # fmt: skip
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 written, 0 unchanged" in done.stdout
    with Person(server) as ana:
        ana.submit(work.tasks()["inv-9002"]["id"], actor("a", 0, 4))
    done = run()
    assert done.returncode == 1
    assert "has 2 finished annotations" in done.stdout
    done = run("--pass", "../x")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "is no name of a pass" in done.stderr


def test_there_is_a_progress_bar_on_a_terminal(
    studio: Studio, tree: Path, server: LiveServer
) -> None:
    import pty

    work = Work(studio, tree)
    ours, theirs = pty.openpty()
    pulling = subprocess.Popen(
        [Path(sys.executable).with_name("newspan"), "studio", "pull", tree / "out",
         "--source", tree, "--project", work.project.title],
        env={"LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.token,
             "PATH": "/usr/bin:/bin", "HOME": str(tree), "TERM": "xterm"},
        stdout=subprocess.PIPE, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal ends that nobody writes to
        while more := os.read(ours, 100_000):
            shown += more
    os.close(ours)
    said, _ = pulling.communicate()
    assert pulling.returncode == 0, shown
    assert b"4 articles" in shown
    assert b"4 written" in said


@pytest.mark.parametrize("count", [1, 149, 150, 151, 400, 999, 2000, 12_345])
def test_parts_hold_everything_once_and_grow_smaller(count: int) -> None:
    ranges = list(snapshot._ranges(count))
    assert [at for low, high in ranges for at in range(low, high)] == list(range(count))
    sizes = [high - low for low, high in ranges]
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes) <= snapshot._PART
    assert sizes[-1] <= snapshot._LAST


def test_articles_of_a_file_that_was_pushed_can_be_pulled(
    studio: Studio, tree: Path, tmp_path: Path
) -> None:
    documents = [d for d in read_sources(tree).documents if d.article.text is not None]
    source = tmp_path / "documents.jsonl"
    newspan.write(documents, source)
    project = new_project(studio)
    push_parcels(studio, project, source_parcels(source, "annotation", project.config))
    found = pull(studio, project, tmp_path / "out", known_articles(source))
    assert not found.held_back
    for document in documents:
        bare = msgspec.structs.replace(document.article, split=None)
        wanted = task_json(msgspec.structs.replace(document, article=bare))
        assert (found.folder / f"{document.article.id}.json").read_bytes() == wanted
