"""Bad input gets one clear paragraph, exit code 2, and nothing written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from newspan.cli import main
from newspan.formats import read, write
from trees import copy_tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_tree(tmp_path / "tree")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command line; return its one paragraph, having checked what it must be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
    assert caught.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith("newspan: ")
    assert "Traceback" not in error and "This should not happen" not in error
    return error


def text_of(root: Path, article: str = "inv-9002") -> Path:
    return next((root / "corpus" / "texts").glob(f"**/{article}.md"))


def task_of(root: Path, article: str = "inv-9001") -> Path:
    return root / "annotations" / "adjudicated" / f"{article}.json"


def body(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def region(path: Path, name: str, **changes: object) -> None:
    """Change the label result of one region."""
    task = json.loads(path.read_text(encoding="utf-8"))
    results = task["annotations"][0]["result"]
    found = next(r for r in results if r.get("id") == name and r["type"] == "labels")
    found["value"].update(changes)
    path.write_text(json.dumps(task), encoding="utf-8")


TEXTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "not UTF-8": (lambda b: b.replace(b"ministry", b"minist\xffy"), "is not UTF-8"),
    "empty": (lambda b: b"", "the file is empty"),
    "NUL": (lambda b: b.replace(b"ministry", b"mini\0try"), "control character U.0000"),
    "surrogate": (lambda b: b.replace(b"ministry", b"\xed\xa0\x80"), "is not UTF-8"),
    "50 MB": (lambda b: b + b"word " * 10_000_000, "at most 20,000,000 are read"),
    "no front matter": (lambda b: b.split(b"---\n")[2], "has no front matter"),
    "front matter no YAML": (lambda b: b.replace(b"license:", b"license: ["), "is not YAML"),
    "front matter no mapping": (lambda b: b"---\n- a\n---\ntext\n", "is no mapping"),
    "unknown key": (lambda b: b.replace(b"license:", b"licence:"), "unknown field `licence`"),
    "wrong date": (lambda b: b.replace(b"2031-05-02T17:40:00Z", b"Friday"), r"\$.published"),
    "date without zone": (lambda b: b.replace(b"17:40:00Z", b"17:40:00"), r"\$.published"),
    "time past all time": (
        lambda b: b.replace(b"2031-05-02T17:40:00Z", b"9999-12-31T23:59:59-14:00"),
        "no time in UTC",
    ),
    "id as path": (lambda b: b.replace(b"inv-9002", b"../../x"), r"\$.id"),
    "derived field": (lambda b: b.replace(b"license:", b"n_chars: 3\nlicense:"), "states n_chars"),
    "not normalised": (lambda b: b.replace(b"The ministry", b"The  ministry"), "not normalised"),
    "python tag": (
        lambda b: b.replace(b"CC-BY-4.0", b"!!python/object/apply:os.system [exit]"),
        "is not YAML",
    ),
}


@pytest.mark.parametrize("case", TEXTS)
def test_texts(root: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    change, message = TEXTS[case]
    path = text_of(root)
    body(path, change)
    error = refused(capsys, "build", "--root", str(root))
    assert str(path) in error
    assert re.search(message, error)
    assert not (root / "corpus" / "tables").exists()


def test_crlf_in_a_source_is_read_as_lf(root: Path) -> None:
    path = text_of(root)
    body(path, lambda b: b.replace(b"\n", b"\r\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", "build", "--root", str(root)])
        with pytest.raises(SystemExit) as caught:
            main()
    assert caught.value.code == 0


REGIONS: dict[str, tuple[dict[str, object], str]] = {
    "unknown label": ({"labels": ["Actr"]}, "has the unknown label 'Actr'"),
    "two labels": ({"labels": ["Actor", "Number"]}, "has 2 labels"),
    "float offsets": ({"start": 1.5}, "They must be whole numbers"),
    "text offsets": ({"start": "1"}, "They must be whole numbers"),
    "past the end": ({"end": 100_000}, "ends past the text"),
    "negative": ({"start": -4}, ">= 0"),
    "swapped": ({"start": 60, "end": 50}, "is empty or swapped"),
    "white space": ({"start": 11, "end": 16}, "begins or ends with white space"),
    "huge": ({"end": 10**30}, "span inv-9001/adjudicated/a3"),
}


@pytest.mark.parametrize("case", REGIONS)
def test_regions(root: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    changes, message = REGIONS[case]
    region(task_of(root), "a3", **changes)
    error = refused(capsys, "build", "--root", str(root))
    assert message in error
    assert "article inv-9001" in error and "a3" in error and str(task_of(root)) in error
    assert not (root / "corpus" / "tables").exists()


def results(root: Path, change: Callable[[list[dict[str, object]]], None]) -> None:
    task = json.loads(task_of(root).read_text(encoding="utf-8"))
    change(task["annotations"][0]["result"])
    task_of(root).write_text(json.dumps(task), encoding="utf-8")


def test_a_region_id_used_twice(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results(root, lambda found: found.append(dict(found[0])))
    assert "two regions have this id" in refused(capsys, "build", "--root", str(root))


def test_a_relation_to_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arc = {"type": "relation", "from_id": "q1", "to_id": "zz", "direction": "right",
           "labels": ["said_by"]}  # fmt: skip
    results(root, lambda found: found.append(dict(arc)))
    error = refused(capsys, "build", "--root", str(root))
    assert "a relation ends at no region" in error and "zz" in error


def test_json_cut_off_half_way(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body(task_of(root), lambda b: b[: len(b) // 2])
    assert "is not JSON" in refused(capsys, "build", "--root", str(root))


def test_a_text_in_data_that_disagrees(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task = json.loads(task_of(root).read_text(encoding="utf-8"))
    task["data"]["text"] = task["data"]["text"].replace("siren", "bells")
    task_of(root).write_text(json.dumps(task), encoding="utf-8")
    error = refused(capsys, "build", "--root", str(root))
    assert "the text was changed after it was annotated" in error


def test_a_lone_surrogate_in_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body(task_of(root), lambda b: b.replace(b'"a3"', b'"\\ud800"', 1))
    assert "is not JSON" in refused(capsys, "build", "--root", str(root))


def test_a_lfs_pointer_in_place_of_parquet(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "tables"
    (folder / "articles").mkdir(parents=True)
    path = folder / "articles" / "train.parquet"
    path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n")
    error = refused(capsys, "info", str(folder))
    assert "Git LFS pointer" in error and "git lfs pull" in error and str(path) in error


HEADINGS = {"<script>alert(1)</script>": "has HTML", "\x1b[2J": "has the control character"}


@pytest.mark.parametrize("title", HEADINGS)
def test_html_and_control_characters_in_a_title(
    root: Path, capsys: pytest.CaptureFixture[str], title: str
) -> None:
    path = text_of(root)
    written = b"title: " + json.dumps(f"Toll {title} five").encode()
    body(path, lambda b: b.replace(b"title: Toll at quarry put at five", written))
    error = refused(capsys, "build", "--root", str(root))
    assert str(path) in error and f"its title {HEADINGS[title]}" in error


def test_what_a_file_of_others_holds_never_acts_on_the_terminal(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main_build(root)
    path = root / "others.jsonl"
    write(read(root / "corpus" / "tables"), path)
    body(path, lambda b: b.replace(b"Toll at quarry", b"\\u001b[2J[bold]x[/bold]<b>"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", "show", "inv-9002", "--path", str(path)])
        with pytest.raises(SystemExit) as caught:
            main()
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert "[bold]x[/bold]<b>" in shown and "\\u001b" in shown and "\x1b[2J" not in shown


def test_a_target_that_cannot_be_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main_build(root)
    occupied = root / "annotations" / "splits.csv" / "out.jsonl"
    error = refused(capsys, "convert", str(root / "corpus" / "tables"), str(occupied))
    assert "cannot be written" in error and str(occupied) in error


@pytest.mark.skipif(os.geteuid() == 0, reason="the super-user may write anywhere")
def test_a_read_only_folder(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "corpus").chmod(0o555)
    try:
        assert "cannot be written" in refused(capsys, "build", "--root", str(root))
    finally:
        (root / "corpus").chmod(0o755)


@pytest.mark.parametrize("kind", ["device", "fifo"])
def test_a_target_that_is_no_regular_file(
    root: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    main_build(root)
    target = root / "pipe"
    os.mkfifo(target)
    link = root / "link"
    link.symlink_to(target)
    path = target if kind == "fifo" else link
    error = refused(capsys, "convert", str(root / "corpus/tables"), str(path), "--to", "jsonl")
    assert "is no regular file" in error
    assert target.is_fifo() and link.is_symlink()


def test_a_link_keeps_pointing_to_what_is_written(root: Path) -> None:
    (root / "real.jsonl").write_text("old")
    (root / "link.jsonl").symlink_to(root / "real.jsonl")
    main_build(root)
    write(read(root / "corpus" / "tables"), root / "link.jsonl")
    assert (root / "link.jsonl").is_symlink()
    assert (root / "real.jsonl").read_text(encoding="utf-8").startswith('{"article"')


def test_tables_that_documents_do_not_hold_are_not_swept_away(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main_build(root)
    tables = root / "corpus" / "tables"
    before = sorted(tables.glob("**/*"))
    error = refused(capsys, "convert", str(task_of(root, "inv-9002")), str(tables))
    assert "Name a new folder" in error
    assert sorted(tables.glob("**/*")) == before


@pytest.mark.parametrize("content", ["", "[]", "\n"])
@pytest.mark.parametrize("target", ["out.jsonl", "out"])
def test_nothing_to_convert(
    root: Path, capsys: pytest.CaptureFixture[str], content: str, target: str
) -> None:
    (root / "empty.json").write_text(content)
    error = refused(capsys, "convert", str(root / "empty.json"), str(root / target))
    assert str(root / "empty.json") in error
    assert not (root / target).exists()


def test_json_nested_too_deeply(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "deep.json").write_text("[" * 100_000)
    error = refused(capsys, "convert", str(root / "deep.json"), str(root / "out.jsonl"))
    assert "deep.json" in error


def test_owners_words_do_not_enter_the_corpus(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "page.txt"
    page.write_text("Somebody else wrote this.")
    options = ["--license", "LicenseRef-owner", "--story", "x", "--published", "2031-01-01",
               "--root", str(root)]  # fmt: skip
    assert "--standoff" in refused(capsys, "ingest", str(page), *options)
    path = text_of(root)
    body(path, lambda b: b.replace(b"origin: invented", b"origin: press"))
    error = refused(capsys, "build", "--root", str(root))
    assert "holds the words of a text of origin press" in error and str(path) in error


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("corpus/VERSION", '0.1\nevil: [x\n"'),
        ("corpus/VERSION", "one"),
        ("annotations/splits.csv", 'story,split\n"a\x00b",test\n'),
        ("annotations/splits.csv", "story,split\nquarry-vote,dev\n"),
    ],
)
def test_versions_and_splits_are_what_they_must_be(
    root: Path, capsys: pytest.CaptureFixture[str], name: str, content: str
) -> None:
    (root / name).write_text(content)
    assert str(root / name) in refused(capsys, "build", "--root", str(root))
    assert not (root / "corpus" / "tables").exists()


ENTITIES: dict[str, tuple[Callable[[bytes], bytes] | None, str]] = {
    "broken": (lambda b: b + b"  : : :\n", "is not YAML"),
    "deep": (lambda b: b + b"a: " + b"[" * 3000, "entities.yaml"),
    "wrong": (lambda b: b.replace(b"kind: actor", b"kind: acter", 1), "entity 'coast-gazette': "),
    "gone": (None, "is not there, but mentions name entities"),
}


@pytest.mark.parametrize("case", ENTITIES)
def test_one_fault_in_the_entities_is_one_fault(
    root: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    change, message = ENTITIES[case]
    path = root / "annotations" / "entities.yaml"
    if change is None:
        path.unlink()
    else:
        body(path, change)
    error = refused(capsys, "build", "--root", str(root))
    assert message in error and str(path) in error
    assert "unknown entity" not in error


def test_the_wrong_kind_of_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = root / "annotations" / "splits.csv"
    assert "no format has files ending in '.csv'" in refused(
        capsys, "convert", str(source), str(root / "x.jsonl")
    )
    assert not (root / "x.jsonl").exists()


def test_an_unknown_article_gets_the_nearest(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main_build(root)
    assert "Did you mean inv-9001" in refused(capsys, "show", "inv-901", "--path", str(root))


def main_build(root: Path) -> None:
    from newspan.corpus.build import build

    build(root)
