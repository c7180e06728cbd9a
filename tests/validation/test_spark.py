"""The checks on Spark say what they say on one machine."""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newspan.errors import MissingExtra, NewspanError
from newspan.validation import Outcome, Report
from newspan.validation.joins import SQL_VIEWS
from newspan.validation.run import Asked, validate
from newspan.validation.spark import validate as validate_on_spark
from newspan.validation.spark.batch import LOCAL_SQL
from newspan.validation.spark.dialect import java_pattern, to_spark
from newspan.validation.spark.stock import stock_queries
from newspan.validation.spark.views import with_layers
from newspan.validation.suites import SQL_RULE, load_suites
from newspan.validation.views import LAYER_VIEWS
from validation.faults import FAULTS
from validation.small_corpus import Corpus

sqlglot = pytest.importorskip("sqlglot")
CHECKS = [check for suite in load_suites() for check in suite.checks]
RULES = [check for check in CHECKS if check.type == SQL_RULE]
VIEWS = {*SQL_VIEWS, *LAYER_VIEWS.values(), "article_rows", "spans", "fragments", "relations",
         "entities", "unmarked", "pieces", "files", "readings", "derived_words", "labels",
         "missing_values", "malformed"}  # fmt: skip


@pytest.mark.parametrize("check", RULES, ids=lambda check: check.code)
def test_every_rule_is_read_in_both_dialects(check) -> None:
    assert len(sqlglot.parse(check.kwargs["query"], read="duckdb")) == 1
    assert len(sqlglot.parse(to_spark(check.kwargs["query"], VIEWS), read="spark")) == 1


@pytest.mark.parametrize("view", SQL_VIEWS)
def test_every_view_in_sql_is_read_in_both_dialects(view: str) -> None:
    query = with_layers(SQL_VIEWS[view])
    assert len(sqlglot.parse(query, read="duckdb")) == 1
    if view not in LOCAL_SQL:
        assert len(sqlglot.parse(to_spark(query, VIEWS), read="spark")) == 1


@pytest.mark.parametrize(
    "check", [check for check in CHECKS if check.type != SQL_RULE], ids=lambda check: check.code
)
def test_every_stock_expectation_is_a_query_too(check) -> None:
    queries = stock_queries(check, ["id"])
    assert sqlglot.parse_one(queries.failing, read="spark").named_selects[0] == "id"
    assert len(sqlglot.parse_one(queries.looked_at, read="spark").selects) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("delete from spans", "not one SELECT"),
        ("select 1; select 2", "not one SELECT"),
        ("select id from parquet.`/etc/passwd`", "no view|cannot read"),
        ("select * from read_csv('/etc/passwd')", "no view"),
        ("select * from elsewhere", "no view"),
        ("select reflect('java.lang.System', 'getenv') from spans", "not known"),
        ("select java_method('java.lang.System', 'exit', 1) from spans", "not known"),
    ],
)
def test_a_query_that_reads_or_calls_something_else_is_refused(query: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        to_spark(query, VIEWS)


@pytest.mark.parametrize(
    ("pattern", "java"),
    [
        ("^a$", r"(?d)^a\z"),
        (r"^a\$[$]", r"(?d)^a\$[$]"),
        ("[([]x", r"(?d)[(\[]x"),
        ("[]a]", r"(?d)[\]a]"),
        ("[^]a]b$", r"(?d)[^\]a]b\z"),
        (r"[\]&&a]$", r"(?d)[\]\&\&a]\z"),
        ("[[:alpha:]_]", r"(?d)[\p{Alpha}_]"),
        (r"(.|\n)*", r"(?d)[\s\S]*"),
    ],
)
def test_a_pattern_means_the_same_to_java(pattern: str, java: str) -> None:
    assert java_pattern(pattern) == java


def test_without_pyspark_the_extra_is_named(clean: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtra, match=r"newspan\[validate,spark\]"):
        validate_on_spark(clean)


def test_without_java_that_is_said(clean: Path, tmp_path: Path, monkeypatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NewspanError, match="Spark needs Java"):
        validate_on_spark(clean)


def test_what_is_no_folder_of_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(NewspanError, match="holds no corpus"):
        validate_on_spark(tmp_path)


def many_faults(folder: Path) -> int:
    """Write a corpus with every coded fault of rows that finds what it breaks; their number."""
    corpus, broken = Corpus(), 0
    for fault in FAULTS:
        module = fault.module
        alone = hasattr(module, "damage") or not hasattr(module, "corrupt")
        # Those two make a hundred articles; the many small ones say more.
        if alone or fault.name in ("C08", "C13") or not re.fullmatch("[A-Z][0-9]{2}", fault.name):
            continue
        try:
            module.corrupt(corpus)
        except StopIteration:  # an earlier fault took the record away
            continue
        broken += 1
    corpus.write(folder)
    return broken


@pytest.fixture(scope="module")
def spark() -> Iterator[None]:
    """A small Spark that is active, as where the checks are one step of a job."""
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("no Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = sql.SparkSession.builder.master("local[2]").appName("tests")
        builder = builder.config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield
        session.stop()


def as_found(report: Report) -> dict[str, object]:
    """Code to what was found: rows as a bag, for no engine promises an order."""
    return {o.check.code: (o.failed, o.of, o.error, _bag(o)) for o in report.outcomes}


def _bag(outcome: Outcome) -> Counter[object]:
    """The rows with their places. Pandas has whole numbers as floats where one is missing."""
    return Counter((tuple(sorted(row.items())), places) for row, places in outcome.located())


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_both_engines_find_the_same(tmp_path: Path, spark: None) -> None:
    assert many_faults(tmp_path) > 100
    asked = Asked(max_rows=10_000)
    local, found = validate(tmp_path, asked=asked), validate_on_spark(tmp_path, asked=asked)
    assert len(local.codes) > 90
    assert as_found(found) == as_found(local)
    assert [o.check.code for o in found.outcomes] == [o.check.code for o in local.outcomes]
    assert replace(found, outcomes=()) == replace(local, outcomes=())


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_file_that_blocks_is_reported_alone(corpus: Path, spark: None) -> None:
    (corpus / "spans" / "test.parquet").write_bytes(b"no table")
    assert validate_on_spark(corpus) == validate(corpus)
    assert "F01" in validate(corpus).codes
