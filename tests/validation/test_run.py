"""The whole run: clean, raising, with every fault at once; Great Expectations or not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from newspan.errors import DocumentError
from newspan.schema.model import FRAGMENT_JOINT
from newspan.validation import RENDERERS, Asked, Baseline, Report, read_baseline, validate
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


def test_only_the_checks_asked_for_are_run_and_skips_are_told(tmp_path: Path) -> None:
    many_faults().write(tmp_path)
    report = validate(tmp_path, only=["S14", "E16", "F01"], skip={"E16": "twins are being merged"})
    assert [o.check.code for o in report.outcomes] == ["F01", "S14"]
    assert [(check.code, why) for check, why in report.skipped if check.code == "E16"] == [
        ("E16", "twins are being merged")
    ]
    assert report.codes == {"S14"}


@pytest.mark.parametrize("most", [0, 1, 50])
def test_as_many_rows_are_kept_as_asked(tmp_path: Path, most: int) -> None:
    many_faults().write(tmp_path)
    report = validate(tmp_path, only=["S14", "E16"], asked=Asked(max_rows=most))
    for outcome in report.outcomes:
        assert outcome.failed > 10
        assert len(outcome.rows) == len(outcome.places) == min(most, outcome.failed)


def test_rows_come_with_the_words_they_are_about(tmp_path: Path) -> None:
    many_faults().write(tmp_path)
    report = validate(tmp_path, only=["S14", "E16"])
    spans, entities = report.outcomes
    for row, places in spans.located():
        assert [place.id for place in places] == [row["id"]]
        marked = [part.text for part in places[0].parts if part.marked]
        assert FRAGMENT_JOINT.join(marked) == row["found"]
    assert {place.kind for _, places in entities.located() for place in places} == {"entity"}


def test_a_file_that_blocks_fails_the_run_even_if_nobody_asked(corpus: Path) -> None:
    (corpus / "spans" / "train.parquet").write_bytes(b"no parquet")
    for options in ({"only": ["S14"]}, {"skip": {"F01": "known"}}):
        report = validate(corpus, **options)  # type: ignore[arg-type]
        assert report.codes == {"F01"}
        assert report.exit_code() == 1


def baseline_of(folder: Path, file: Path) -> Baseline:
    report = validate(folder, asked=Asked(keys=True))
    file.write_text(RENDERERS["json"](report), encoding="utf-8")
    return read_baseline(file)


def test_a_corpus_is_no_worse_than_itself_and_worse_with_one_more_fault(tmp_path: Path) -> None:
    corpus = many_faults()
    folder = tmp_path / "corpus"
    corpus.write(folder)
    known = baseline_of(folder, tmp_path / "report.json")
    report = validate(folder, asked=Asked(baseline=known))
    assert report.exit_code(strict=True) == 0
    assert report.codes == {code for code, (failed, _) in known.checks.items() if failed}
    assert all(o.new == 0 for o in report.outcomes)
    corpus.move("inv-0002/n2", 0, 3)  # a fault that the corpus did not have, of a known check
    corpus.write(folder)
    report = validate(folder, asked=Asked(baseline=known))
    fresh = {o.check.code: o.rows[0]["id"] for o in report.outcomes if o.new}
    assert fresh
    assert set(fresh.values()) == {"inv-0002/adjudicated/n2"}
    assert report.exit_code(strict=True) == 1


def test_keys_name_every_row_and_not_only_those_kept(tmp_path: Path) -> None:
    many_faults().write(tmp_path)
    report = validate(tmp_path, only=["S14"], asked=Asked(keys=True, max_rows=2))
    (outcome,) = report.outcomes
    assert outcome.keys is not None
    assert (len(outcome.rows), len(outcome.keys)) == (2, outcome.failed)


def test_what_blocks_is_never_known(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    stray = corpus / "passes" / "train.parquet"
    stray.parent.mkdir()
    shutil.copy(corpus / "spans" / "train.parquet", stray)
    (corpus / "spans" / "train.parquet").write_bytes(b"no parquet")
    known = baseline_of(corpus, tmp_path_factory.mktemp("out") / "report.json")
    report = validate(corpus, asked=Asked(baseline=known))
    fresh = {o.check.code: o.fresh for o in report.findings}
    assert fresh == {"F01": 1, "F07": 0}  # the file that nobody reads was there before
    assert report.exit_code() == 1
    assert report.not_run
