"""The figures of `newspan stats`, against counting by hand."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.browse.stats import Sheet, as_json, sheets
from newspan.cli import main
from newspan.corpus.build import build
from newspan.corpus.load import Corpus, load
from newspan.formats import write
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS, Document, layer_of
from strategies import documents
from trees import copy_tree


def by_name(corpus: Corpus) -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in sheets(corpus)}


def cell(sheet: Sheet, row: tuple[str, ...], column: str) -> object:
    (found,) = (r for r in sheet.rows if r[: len(row)] == row)
    return found[sheet.header.index(column)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    tree = copy_tree(tmp_path / "tree")
    build(tree)
    return tree


@given(st.lists(documents(), max_size=4, unique_by=lambda d: d.article.id))
def test_counts_are_those_of_counting_one_by_one(found: list[Document]) -> None:
    if not found:
        return
    tables = by_name(Corpus.from_documents(found))
    for document in found:
        assert document.article.origin in tables["spans"].header
    for layer in LAYERS:
        spans = [(d, s) for d in found for s in d.spans if layer_of(s) == layer]
        origins = Counter(d.article.origin for d, _ in spans)
        splits = Counter(d.article.split or "no split" for d, _ in spans)
        for column, number in {**origins, **splits, "all": len(spans)}.items():
            assert cell(tables["spans"], (layer,), column) == number
        lengths = [sum(f.end - f.start for f in s.fragments) for _, s in spans]
        longest = cell(tables["lengths"], (layer,), "longest")
        assert longest == (max(lengths) if lengths else None)
        mean = cell(tables["lengths"], (layer,), "mean")
        assert mean == (pytest.approx(statistics.fmean(lengths), abs=0.051) if lengths else None)
        pieces = sum(len(s.fragments) > 1 for _, s in spans)
        assert cell(tables["lengths"], (layer,), "in pieces") == pieces
        for field in attributes(layer):
            if field.values:
                given_values = Counter(getattr(s, field.name) for _, s in spans)
                for value in field.values:
                    own = cell(tables["attributes"], (layer, field.name, value), "all")
                    assert own == given_values[value]
            elif field.base is bool:
                own = cell(tables["attributes"], (layer, field.name, "yes"), "all")
                assert own == sum(getattr(s, field.name) for _, s in spans)
    kinds = Counter(r.type for d in found for r in d.relations)
    for kind, number in kinds.items():
        assert cell(tables["relations"], (kind,), "all") == number
    assert cell(tables["relations"], ("all",), "all") == sum(kinds.values())


def test_spans_per_1000_words_are_of_texts_that_are_there(root: Path) -> None:
    corpus = load(root)
    tables = by_name(corpus)
    held = [d for d in corpus.documents() if d.article.text is not None]
    words = sum(len((d.article.text or "").split()) for d in held)
    spans = sum(len(d.spans) for d in held)
    assert len(held) < corpus.articles.num_rows
    assert cell(tables["articles"], ("words held",), "all") == words
    rate = cell(tables["spans_per_1000_words"], ("all",), "all")
    assert rate == pytest.approx(1000 * spans / words, abs=0.06)
    assert cell(tables["spans_per_1000_words"], ("all",), "press") is None


def test_a_story_of_two_origins_counts_once_in_all(root: Path) -> None:
    tables = by_name(load(root))
    sheet = tables["articles"]
    stories = len(set(load(root).articles["story"].to_pylist()))
    assert cell(sheet, ("stories",), "all") == stories


def test_spans_of_an_article_that_is_not_there_are_left_out(root: Path) -> None:
    whole = load(root)
    less = Corpus(whole.articles.slice(1), whole.spans, whole.relations, whole.entities)
    gone = whole.articles["id"][0].as_py()
    kept = sum(i != gone for i in whole.spans["article_id"].to_pylist())
    assert cell(by_name(less)["spans"], ("all",), "all") == kept


def test_json_has_a_record_for_each_row(root: Path) -> None:
    made = as_json(sheets(load(root)))
    assert {row["layer"] for row in made["spans"]} == {*LAYERS, "all"}
    assert made["spans"][-1]["all"] == 68


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", "stats", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
    captured = capsys.readouterr()
    assert caught.value.code == code, captured.err
    return captured.out if code == 0 else captured.err


def test_the_verb_prints_tables_that_fit(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wide = run(capsys, str(root), "--width", "140")
    assert ["all", "42", "11", "15", "26", "42", "68"] in [
        line.split() for line in wide.split("\n")
    ]
    assert "\x1b" not in wide
    narrow = run(capsys, str(root), "--width", "70")
    assert "articles, by origin" in narrow and "articles, by split" in narrow
    assert max(map(len, narrow.splitlines())) <= 70


def test_the_verb_takes_files_and_gives_json(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = json.loads(run(capsys, str(root), "--format", "json"))
    write(load(root).documents(), tmp_path / "all.jsonl")
    again = json.loads(run(capsys, str(tmp_path / "all.jsonl"), "--format", "json"))
    assert again == whole and whole["relations"][-1]["all"] == 44


def test_a_path_that_holds_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is not there" in run(capsys, str(tmp_path / "none"), code=2)
