"""The commands: what they print, in which forms, and how they refuse."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from newspan.corpus.collect import read_sources
from newspan.corpus.hydrate import hydrate
from newspan.formats import read, write
from newspan.formats.label_studio import read as read_versions
from newspan.schema.model import Document, Fragment, Number, relation_id
from trees import OWNER_TEXT, copy_tree
from typed import Run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_tree(tmp_path / "tree")


def second(root: Path, path: Path, **given: Any) -> Path:
    """Another pass: every number is said to be an age, and the first span of each is lost."""
    made = []
    own = {"annotator": "ben", "annotator_kind": "human", "status": "pass", **given}
    for document in read_sources(root).documents:
        ids = {s.id: s.id.replace("/adjudicated/", "/second/") for s in document.spans}
        spans = [
            msgspec.structs.replace(
                s, id=ids[s.id], **own, **({"kind": "age"} if isinstance(s, Number) else {})
            )
            for s in document.spans[1:]
        ]
        arcs = [
            msgspec.structs.replace(
                r,
                id=relation_id(ids[r.head], r.type, r.tail),
                head=ids[r.head],
                tail=ids[r.tail],
            )
            for r in document.relations
            if document.spans[0].id not in (r.head, r.tail)
        ]
        made.append(Document(article=document.article, spans=tuple(spans), relations=tuple(arcs)))
    write(made, path)
    return path


def test_agreement_says_first_whose_it_is(root: Path, tmp_path: Path, run: Run) -> None:
    gold = root / "annotations" / "adjudicated"
    code, out, _ = run("agree", gold, second(root, tmp_path / "b.jsonl"), "--times", 50)
    assert code == 0
    heading = out.split("\n\n")[0].splitlines()
    assert heading[0] == "Agreement between a machine and a human pass"
    assert any("it is not agreement between people" in line for line in heading)
    assert any("adjudicated" in line for line in heading)
    assert "50 times, seed 0" in heading[-1]
    assert re.search(r"^Spans \(invented, 2 articles\)$", out, re.MULTILINE)
    assert re.search(r"^  number: kind +\d+ +0\.000", out, re.MULTILINE)


def test_two_machine_passes_are_called_that(root: Path, tmp_path: Path, run: Run) -> None:
    gold = root / "annotations" / "adjudicated"
    other = second(root, tmp_path / "b.jsonl", annotator_kind="model")
    _, out, _ = run("agree", gold, other, "--times", 0)
    assert out.startswith("Agreement between two machine passes\n")
    assert "Intervals" not in out


def test_a_score_says_what_its_gold_is(root: Path, tmp_path: Path, run: Run) -> None:
    gold = root / "annotations" / "adjudicated"
    code, out, _ = run("score", gold, second(root, tmp_path / "b.jsonl"), "--pool")
    assert code == 0
    assert "The gold annotation was made by a model" in out
    assert "exact P" in out and "all origins together, 4 articles" in out


def test_json_holds_the_figures_unrounded(root: Path, tmp_path: Path, run: Run) -> None:
    gold = root / "annotations" / "adjudicated"
    other = second(root, tmp_path / "b.jsonl")
    _, out, _ = run("score", gold, other, "--format", "json", "--list")
    (made,) = json.loads(out)["comparisons"]
    number = made["origins"]["invented"]["spans"]["number"]
    assert set(number) == {
        "a", "b", "exact", "overlap", "partial", "strict", "type", "characters", "pairs",
    }  # fmt: skip
    assert number["pairs"]["exact"] == number["b"] > number["pairs"]["strict"]
    exact = number["exact"]
    assert exact["precision"]["value"] == 1.0
    assert exact["recall"]["value"] == number["b"] / number["a"]
    assert exact["f1"]["low"] <= exact["f1"]["value"] <= exact["f1"]["high"]
    lost = [d for d in made["differences"] if d["kind"] == "only A"]
    assert len(lost) == made["articles"] == 4


def test_markdown_has_tables(root: Path, tmp_path: Path, run: Run) -> None:
    gold = root / "annotations" / "adjudicated"
    _, out, _ = run("agree", gold, second(root, tmp_path / "b.jsonl"), "--format", "markdown")
    lines = out.splitlines()
    assert lines[0] == "### Agreement between a machine and a human pass"
    for number, line in enumerate(lines):
        if line.startswith("|---"):
            assert lines[number - 1].count("|") == line.count("|") == lines[number + 1].count("|")
    assert sum(line.startswith("|---") for line in lines) >= 9  # three sheets, three origins


def test_differences_show_words_or_offsets(root: Path, tmp_path: Path, run: Run) -> None:
    """A stand-off article has no words until its owner's text is there."""
    gold = root / "annotations" / "adjudicated"
    other = second(root, tmp_path / "b.jsonl")
    hydrated = tmp_path / "hydrated"
    _, out, _ = run("agree", gold, other, "--list", "--times", 0, "--hydrated", hydrated)
    listed = out.split("Differences: ")[1].splitlines()
    own = next(d for d in read(root_json(root, tmp_path)) if d.article.id == "inv-9001")
    first = next(line for line in listed if "inv-9001" in line and "only A" in line)
    assert f"{own.spans[0].start}:{own.spans[0].end} {own.spans[0].text}" in first
    standoff = [line for line in listed if line.strip().startswith("press-9001")]
    assert standoff and not any(re.search(r"\d+:\d+ [A-Za-z“]", line) for line in standoff)
    assert hydrate(root, "text", OWNER_TEXT, hydrated).ok
    _, out, _ = run("agree", gold, other, "--list", "--times", 0, "--hydrated", hydrated)
    shown = [line for line in out.splitlines() if line.strip().startswith("press-9001")]
    assert shown and all(re.search(r"\d+:\d+ \S*\w", line) for line in shown)


def root_json(root: Path, folder: Path) -> Path:
    write(read_sources(root).documents, folder / "all.jsonl")
    return folder / "all.jsonl"


def test_tasks_to_adjudicate_show_both_versions(root: Path, tmp_path: Path, run: Run) -> None:
    gold = root / "annotations" / "adjudicated"
    other = second(root, tmp_path / "b.jsonl")
    target = tmp_path / "tasks.json"
    hydrated = tmp_path / "none"
    code, _, err = run("agree", gold, other, "--tasks", target, "--hydrated", hydrated)
    assert code == 0
    assert "3 tasks to adjudicate" in err and "left out: press-9001" in err
    tasks = json.loads(target.read_text(encoding="utf-8"))
    for task in tasks:
        assert not task["annotations"]
        names = [p["model_version"] for p in task["predictions"]]
        assert [n[:2] for n in names] == ["A:", "B:"] and names[1] == "B: ben"
        readings = list(read_versions([task]))
        assert not any(r.faults for r in readings)
        sizes = [len(r.document.spans) for r in readings if r.document]
        assert sizes[0] == sizes[1] + 1


def test_owners_texts_are_not_written_into_a_checkout(root: Path, tmp_path: Path, run: Run) -> None:
    gold = root / "annotations" / "adjudicated"
    other = second(root, tmp_path / "b.jsonl")
    hydrated = tmp_path / "hydrated"
    assert hydrate(root, "text", OWNER_TEXT, hydrated).ok
    target = root / "annotations" / "tasks.json"
    code, _, err = run("agree", gold, other, "--tasks", target, "--hydrated", hydrated)
    assert code == 2 and "is a published place" in err
    assert not target.exists()
    elsewhere = tmp_path / "tasks.json"
    code, _, err = run("agree", gold, other, "--tasks", elsewhere, "--hydrated", hydrated)
    assert code == 0 and "4 tasks" in err


HOSTILE = "ben\x1b[31m|<img src=x>\u202e[x](y) https://evil.example www.evil.example b@evil.example"


def test_names_of_others_are_no_markup_and_move_no_cursor(
    root: Path, tmp_path: Path, run: Run
) -> None:
    gold = root / "annotations" / "adjudicated"
    other = second(root, tmp_path / "b.jsonl", annotator=HOSTILE, note=HOSTILE)
    for format in ("text", "markdown", "json"):
        code, out, _ = run("agree", gold, other, "--list", "--times", 0, "--format", format)
        assert code == 0
        assert "\x1b" not in out
        if format != "json":
            assert "\u202e" not in out
        if format == "markdown":
            for markup in ("<img", "[x](y)", "https://", "www.", "b@evil", "|<"):
                assert markup not in out


REFUSED: dict[str, tuple[str, str]] = {
    "missing": ("nowhere.jsonl", "cannot be read"),
    "no such format": ("x.xml", "no format has files ending in '.xml'"),
    "not JSON": ("cut.json", "is not JSON|cut off|ends"),
    "an empty folder": ("empty", "holds no articles"),
    "empty lines": ("empty.jsonl", "holds no finished annotations"),
    "a list of numbers": ("numbers.json", "is no Label Studio task"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("verb", ["agree", "score"])
def test_bad_input(root: Path, tmp_path: Path, run: Run, verb: str, case: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.jsonl").write_text("\n\n", encoding="utf-8")
    (tmp_path / "cut.json").write_text('[{"data": {"article_id": ', encoding="utf-8")
    (tmp_path / "numbers.json").write_text("[1, 2]", encoding="utf-8")
    name, message = REFUSED[case]
    code, out, err = run(verb, root / "annotations" / "adjudicated", tmp_path / name)
    assert code == 2 and not out
    assert err.startswith("newspan: ") and "Traceback" not in err
    assert "This should not happen" not in err
    assert re.search(message, err), err
    assert name in err


def test_fragments_of_a_quote_are_listed(tmp_path: Path, root: Path, run: Run) -> None:
    documents = list(read(root_json(root, tmp_path)))
    quote = next(s for d in documents for s in d.spans if len(s.fragments) > 1)
    whole = msgspec.structs.replace(
        quote, fragments=(Fragment(quote.start, quote.end),), text=None,
    )  # fmt: skip
    changed = []
    for d in documents:
        text = d.article.text
        own = msgspec.structs.replace(whole, text=text and text[quote.start : quote.end])
        spans = tuple(own if s.id == quote.id else s for s in d.spans)
        changed.append(Document(article=d.article, spans=spans, relations=d.relations))
    write(changed, tmp_path / "b.jsonl")
    _, out, _ = run("agree", tmp_path / "all.jsonl", tmp_path / "b.jsonl", "--list", "--times", 0)
    listed = out.split("Differences: ")[1]
    assert listed.startswith("1\n") and "extent" in listed
    for fragment in quote.fragments:
        assert f"{fragment.start}:{fragment.end}" in listed
    assert f"{quote.start}:{quote.end}" in listed
