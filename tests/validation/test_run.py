"""The whole run: clean, raising, with every fault at once; Great Expectations or not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from newspan.errors import DocumentError
from newspan.validation import Report, validate
from newspan.validation.gate import inspect
from newspan.validation.rule import violations
from newspan.validation.run import _direct
from newspan.validation.suites import SQL_RULE, load_suites, suites_folder
from newspan.validation.views import build_views
from validation.small_corpus import Corpus


def test_the_clean_corpus_raises_no_alarm(clean: Path) -> None:
    report = validate(clean)
    assert report.findings == ()
    assert len(report.outcomes) == sum(len(s.checks) for s in load_suites())
    assert report.exit_code(strict=True) == 0
    assert report.rows is not None
    assert report.rows["articles"] == 5


def many_faults() -> Corpus:
    corpus = Corpus()
    for span in corpus.spans:
        if span["layer"] == "number":
            span["number"]["modifier"] = "vague"
        span["text"] = "x"
    for entity in corpus.entities:
        entity["latitude"] = 0.0
        entity["wikidata"] = "Q1"
    return corpus


def test_counts_are_exact_and_rows_are_few(tmp_path: Path) -> None:
    corpus = many_faults()
    corpus.write(tmp_path)
    report = validate(tmp_path)
    with_text = [s for s in corpus.spans if not s["article_id"].startswith("wn-")]
    found = next(o for o in report.outcomes if o.check.code == "S14")
    assert (found.failed, found.of) == (len(with_text), len(corpus.spans))
    assert len(found.rows) == 20
    assert set(found.rows[0]) == {"id", "text", "found"}
    twins = next(o for o in report.outcomes if o.check.code == "E16")
    assert (twins.failed, twins.rows[0]["wikidata"]) == (len(corpus.entities), "Q1")


def test_rules_find_the_same_with_and_without_the_library(tmp_path: Path) -> None:
    many_faults().write(tmp_path)
    report = validate(tmp_path)
    views = build_views(inspect(tmp_path))
    for outcome in report.outcomes:
        if outcome.check.type == SQL_RULE:
            count, rows = violations(views.connection, outcome.check.kwargs["query"])
            assert (outcome.failed, len(outcome.rows)) == (count, len(rows))


def test_files_are_judged_the_same_with_and_without_the_library(corpus: Path) -> None:
    stray = corpus / "passes" / "train.parquet"
    stray.parent.mkdir()
    shutil.copy(corpus / "spans" / "train.parquet", stray)
    report = validate(corpus)
    files = load_suites()[0]
    direct = {o.check.code: o for o in _direct(files.checks, inspect(corpus))}
    assert report.codes == {"F07"}
    for outcome in report.outcomes:
        if outcome.check.suite == "files":
            assert outcome == direct[outcome.check.code]


def with_query(folder: Path, query: str) -> Path:
    """The project's suites, the rule E08 (critical) as info and with another query."""
    shutil.copytree(suites_folder(), folder, dirs_exist_ok=True)
    path = folder / "entities.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    rule = next(e for e in suite["expectations"] if e["meta"]["code"] == "E08")
    rule["severity"] = "info"
    rule["kwargs"]["query"] = query
    path.write_text(json.dumps(suite), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "query",
    ["select nothing from entities", "selekt", "select cast(name as int) from entities"],
)
def test_a_check_that_raises_is_critical_whatever_its_level(
    tmp_path: Path, clean: Path, query: str
) -> None:
    report = validate(clean, suites=with_query(tmp_path, query))
    (found,) = report.findings
    assert (found.check.code, found.level) == ("E08", "error")
    assert found.error
    assert report.exit_code() == 1


def test_a_stock_check_that_raises_is_critical(tmp_path: Path, clean: Path) -> None:
    folder = with_query(tmp_path, "select id from entities where false")
    path = folder / "articles.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    rule = next(e for e in suite["expectations"] if e["meta"]["code"] == "A11")
    rule["severity"] = "info"
    rule["kwargs"]["column"] = "language"
    path.write_text(json.dumps(suite), encoding="utf-8")
    report = validate(clean, suites=folder)
    (found,) = report.findings
    assert (found.check.code, found.level) == ("A11", "error")
    assert report.exit_code() == 1


def test_a_rule_cannot_read_files(tmp_path: Path, clean: Path) -> None:
    query = "select * from read_text('/etc/hostname')"
    report = validate(clean, suites=with_query(tmp_path, query))
    assert [o.level for o in report.findings] == ["error"]


def test_a_view_that_is_none_is_an_error(tmp_path: Path, clean: Path) -> None:
    folder = with_query(tmp_path, "select 1")
    path = folder / "entities.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"scope": "mentions"', '"scope": "mention"'),
        encoding="utf-8",
    )
    with pytest.raises(DocumentError, match="'mention', which is no view"):
        validate(clean, suites=folder)


def test_documents_without_an_entity_table_can_be_checked(corpus: Path) -> None:
    (corpus / "index.json").unlink()
    for path in (corpus / "entities").iterdir():
        path.unlink()
    report: Report = validate(corpus)
    assert report.codes == set()  # keys can be compared only with a table
