"""Sources to tables: what is built, what is refused, what a kill leaves behind."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from newspan.corpus.build import build, stale
from newspan.corpus.load import load
from newspan.errors import DocumentError, NewspanError
from newspan.formats.parquet_files import content_digest
from trees import copy_tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_tree(tmp_path / "tree")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def annotation(root: Path, article: str) -> Path:
    return root / "annotations" / "adjudicated" / f"{article}.json"


def source(root: Path, article: str) -> Path:
    return next((root / "corpus" / "texts").glob(f"**/{article}.md"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.glob("**/*") if p.is_file()}


def test_a_second_build_writes_the_same_bytes(root: Path) -> None:
    build(root)
    first = contents(root / "corpus" / "tables")
    build(root)
    assert contents(root / "corpus" / "tables") == first
    assert stale(root) == []


def test_every_table_and_split_that_has_rows_is_there(root: Path) -> None:
    build(root)
    files = set(contents(root / "corpus" / "tables"))
    tables = ("articles", "spans", "relations", "documents", "quotations", "claims", "places")
    assert files == {
        *(f"{t}/{s}.parquet" for t in tables for s in ("train", "test")),
        "entities/full.parquet",
        "index.json",
    }


def test_the_index_holds_rows_and_digests_of_every_file(root: Path) -> None:
    built = build(root)
    index = json.loads((root / "corpus/tables/index.json").read_text())
    assert index == built.listing
    for name, entry in index["files"].items():
        table = pq.read_table(root / "corpus" / "tables" / name)
        assert entry["rows"] == table.num_rows
        assert entry["content_sha256"] == content_digest(table)


def test_a_new_story_goes_to_the_split_that_lacks_most_and_stays(root: Path) -> None:
    splits = root / "annotations" / "splits.csv"
    assert "quarry-vote" not in splits.read_text()
    assert stale(root)
    assert build(root).new_splits == {"quarry-vote": "test"}
    before = splits.read_text()
    assert before.splitlines()[-1] == "quarry-vote,test"
    assert build(root).new_splits == {}
    assert splits.read_text() == before


def test_stand_off_rows_hold_no_words(root: Path) -> None:
    build(root)
    corpus = load(root)
    for article in corpus.articles.to_pylist():
        assert (article["text"] is None) == (article["origin"] == "press")
    for span in corpus.spans.to_pylist():
        assert (span["text"] is None) == (span["article_id"] == "press-9001")


def test_a_text_changed_after_annotation_names_the_first_span_it_breaks(root: Path) -> None:
    replace(source(root, "inv-9001"), "about 40 tonnes", "about 4 tonnes")
    with pytest.raises(DocumentError, match="text was changed after it was annotated") as caught:
        build(root)
    fault = caught.value.faults[0]
    assert fault.article_id == "inv-9001"
    assert fault.span_id == "n4"
    assert fault.path == annotation(root, "inv-9001")
    assert not (root / "corpus" / "tables").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"press-9001/adjudicated/n2"', '"press-9001/adjudicated/n1"', "value is 3 but 2"),
        ('"press-9001/adjudicated/n2"', '"press-9001/adjudicated/n9"', "which is no span"),
        ('"press-9001/adjudicated/n2"', '"inv-9001/adjudicated/n1"', "not of a source"),
        ('"press-9001/adjudicated/q1"', '"press-9001/adjudicated/q2"', "is said by"),
        ('"press-9001/adjudicated/q1"', '"press-9001/adjudicated/n1"', "of another layer"),
        ('"derived_from": "press-9001/adjudicated/q1"', "", "names no source span"),
    ],
)
def test_a_retold_figure_or_quote_must_render_its_source(
    root: Path, old: str, new: str, message: str
) -> None:
    replace(annotation(root, "ret-9001"), old, new)
    with pytest.raises(DocumentError, match=message):
        build(root)


def test_all_faults_of_all_sources_are_reported_together(root: Path) -> None:
    replace(root / "annotations" / "entities.yaml", "loc-sund:", "loc-sunt:")
    replace(source(root, "inv-9002"), "origin: invented", "origin: imagined")
    annotation(root, "ret-9001").write_text('[{"data": ', encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        build(root)
    message = str(caught.value)
    assert "unknown entity 'loc-sund'. Did you mean loc-sunt" in message
    assert "Invalid enum value 'imagined'" in message
    assert "is not JSON" in message


def test_annotation_of_an_absent_article_is_refused(root: Path) -> None:
    source(root, "inv-9002").unlink()
    with pytest.raises(DocumentError, match="annotates an article that is not there"):
        build(root)


def test_an_article_not_annotated_yet_has_no_spans(root: Path) -> None:
    annotation(root, "inv-9002").unlink()
    build(root)
    corpus = load(root)
    assert "inv-9002" in corpus.articles["id"].to_pylist()
    assert "inv-9002" not in corpus.spans["article_id"].to_pylist()


def test_a_file_must_be_named_after_its_article(root: Path) -> None:
    path = source(root, "inv-9002")
    path.rename(path.with_name("other.md"))
    with pytest.raises(DocumentError, match="Name it after the id"):
        build(root)


def test_a_stand_off_record_with_words_is_refused(root: Path) -> None:
    path = root / "corpus/standoff/press/press-9001.json"
    record = json.loads(path.read_text())
    path.write_text(json.dumps({**record, "title": "A headline"}))
    with pytest.raises(DocumentError, match="holds a text or title"):
        build(root)


def test_a_failed_build_leaves_the_old_tables(root: Path) -> None:
    build(root)
    before = contents(root / "corpus" / "tables")
    replace(source(root, "inv-9001"), "Nobody", "No one ")
    with pytest.raises(DocumentError):
        build(root)
    assert contents(root / "corpus" / "tables") == before


@pytest.mark.slow
def test_killed_at_any_moment_the_tables_are_whole(root: Path) -> None:
    build(root)
    tables = root / "corpus" / "tables"
    old = contents(tables)
    replace(source(root, "inv-9002"), "title: Toll at quarry put at five", "title: Toll of five")
    copy = copy_tree(root.parent / "copy")
    replace(source(copy, "inv-9002"), "title: Toll at quarry put at five", "title: Toll of five")
    build(copy)
    new = contents(copy / "corpus" / "tables")
    assert new != old
    program = (
        "import sys; from pathlib import Path; from newspan.corpus.build import build\n"
        "print('ready', flush=True)\n"
        "while True: build(Path(sys.argv[1]))"
    )
    chance = random.Random(7)
    seen = set()
    for _ in range(25):
        worker = subprocess.Popen(
            [sys.executable, "-c", program, str(root)], stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        found = contents(tables)
        assert found in (old, new)
        seen.add(found == new)
    build(root)
    assert contents(tables) == new
    assert [p.name for p in (root / "corpus").iterdir() if p.name.startswith(".")] == []


def test_two_builds_do_not_run_at_once(root: Path) -> None:
    from newspan.swap import locked

    with locked(root / "corpus"), pytest.raises(NewspanError, match="another build"):
        build(root)
