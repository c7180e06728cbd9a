"""The checks on Spark say what they say on one machine."""

from __future__ import annotations

import copy
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from newspan.errors import MissingExtra, NewspanError
from newspan.validation import Outcome, Report, similar
from newspan.validation.joins import SQL_VIEWS
from newspan.validation.run import Asked, validate
from newspan.validation.spark import run as spark_run
from newspan.validation.spark import validate as validate_on_spark
from newspan.validation.spark import views as spark_views
from newspan.validation.spark.batch import LOCAL_SQL
from newspan.validation.spark.dialect import as_filter, java_pattern, to_spark
from newspan.validation.spark.stock import stock_query
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


UNFIT = ("C08", "C13", "entities-lost")
"""Faults that are not put beside others: two make a hundred articles, one leaves no entity."""


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
    query = stock_query(check, ["id"])
    assert sqlglot.parse_one(query.failing, read="spark").named_selects[0] == "id"
    for condition in filter(None, (query.looked_at, query.broken)):
        assert sqlglot.parse_one(f"select count_if({condition})", read="spark")


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("select id, kind from entities e where e.kind = 'x' or id is null",
         "kind = 'x' OR id IS NULL"),
        ("select * from entities where regexp_matches(id, 'a$')", r"id RLIKE '(?d)a\\z'"),
    ],
)  # fmt: skip
def test_a_query_of_one_view_is_a_condition(query: str, condition: str) -> None:
    assert as_filter(query, VIEWS) == ("entities", condition)


@pytest.mark.parametrize(
    "query",
    [
        "select id from entities",
        "select distinct id from entities where id is null",
        "select id from entities where id is null limit 3",
        "select kind as id, count(*) from entities where id is null group by kind",
        "select max(id) as id from entities where id is null",
        "select unnest([id, id]) as id from entities where id is null",
        "select id, row_number() over (partition by kind) as n from entities where id is null",
        "select id from entities where id is null union all select id from spans",
        "select e.id from entities e, spans s where e.id = s.id",
        "select e.id from entities e join spans s on e.id = s.id where e.id is null",
        "select id from entities where exists (select 1 from spans)",
        "select id from (select id from entities) where id is null",
        "with entities as (select id from spans) select id from entities where id is null",
    ],
)
def test_a_query_that_is_more_is_no_condition(query: str) -> None:
    assert as_filter(query, VIEWS) is None


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


def corruptions() -> Iterator[tuple[str, Callable[[Corpus], None]]]:
    """Every fault of the rows alone."""
    for fault in FAULTS:
        if fault.corrupt and not fault.damage and fault.name not in UNFIT:
            yield fault.name, fault.corrupt


def corrupted(parts: list[Corpus]) -> set[str]:
    """Break the parts with all faults, each in the first part, from the next on, in which it
    finds what it breaks; the faults for which there was none."""
    left = set()
    for number, (name, corrupt) in enumerate(corruptions()):
        for ahead in range(len(parts)):
            at = (number + ahead) % len(parts)
            tried = copy.deepcopy(parts[at])
            try:
                corrupt(tried)
            except (StopIteration, ValueError, KeyError, TypeError, AttributeError, IndexError):
                continue  # an earlier fault has changed what this one is about
            parts[at] = tried
            break
        else:
            left.add(name)
    return left


def one_corpus(parts: list[Corpus]) -> Corpus:
    """The parts in one corpus, the articles of each under names of its own.

    What is new in the entities of a part comes after those of the first.
    """
    whole, clean = Corpus(), Corpus().entities
    whole.articles, whole.spans, whole.relations = [], [], []
    whole.entities = list(parts[0].entities)
    for number, part in enumerate(parts):
        own = {a["id"] for a in part.articles} | {a["id"] for a in Corpus().articles}
        for row in (*part.articles, *part.spans, *part.relations):
            for field in ("id", "article_id", "head", "tail", "derived_from"):
                if row.get(field) is not None:
                    row[field] = moved(row[field], own, number)
        for row in part.articles:
            row["based_on"] = [moved(key, own, number) for key in row["based_on"] or ()]
            if row["story"] is not None:
                row["story"] += f"-{number}"
        whole.articles += part.articles
        whole.spans += part.spans
        whole.relations += part.relations
        whole.entities += [e for e in part.entities if number and e not in clean]
    return whole


def moved(key: str, articles: set[str], number: int) -> str:
    """A key with the number of its part behind the name of the article."""
    article, slash, rest = key.partition("/")
    return f"{article}-{number}{slash}{rest}" if article in articles else key


def cross_borders(corpus: Corpus) -> None:
    """Let records of each part name those of the next: most of these lie in other batches."""
    named = {}
    for relation in corpus.relations:
        named.setdefault(relation["article_id"], relation)
    spans = {}
    for span in corpus.spans:
        spans.setdefault(span["article_id"], span)
    for here, there in pairwise(list(named)):
        if there in spans:
            named[here]["tail"] = spans[there]["id"]
    for here, there in list(pairwise(list(spans)))[::5]:
        spans[there]["id"] = spans[here]["id"]
    for here, there in list(pairwise(list(spans)))[2::5]:
        spans[here]["derived_from"] = spans[there]["id"]


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
        builder = builder.config("spark.driver.maxResultSize", "1m")
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


def assert_same(folder: Path, asked: Asked) -> Report:
    """The report of Spark, in which is what the local engine has."""
    local, found = validate(folder, asked=asked), validate_on_spark(folder, asked=asked)
    here, there = as_found(local), as_found(found)
    assert {code: there[code] for code in here if there[code] != here[code]} == {}
    assert [o.check.code for o in found.outcomes] == [o.check.code for o in local.outcomes]
    assert replace(found, outcomes=()) == replace(local, outcomes=())
    return found


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_both_engines_find_the_same(tmp_path: Path, spark: None) -> None:
    parts = [Corpus()]
    left = corrupted(parts)
    assert len(left) < len(list(corruptions())) / 2
    parts[0].write(tmp_path)
    found = assert_same(tmp_path, Asked(max_rows=10_000))
    assert len(found.codes) > 90


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_both_engines_find_the_same_over_many_batches(
    tmp_path: Path, spark: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [Corpus() for _ in range(24)]
    assert not corrupted(parts)
    corpus = one_corpus(parts)
    cross_borders(corpus)
    corpus.write(tmp_path)
    monkeypatch.setattr(spark_views, "ARTICLES", len(corpus.articles) // 8)
    # One shingle of some is compared, and small views are looked at by Spark like large ones.
    monkeypatch.setattr(
        similar, "FULL_CHARACTERS", sum(a["n_chars"] or 0 for a in corpus.articles) // 4
    )
    monkeypatch.setattr(spark_run, "MOST_COLLECTED", 5)
    found = assert_same(tmp_path, Asked(max_rows=10_000))
    assert len(found.codes) > 130


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_corpus_does_not_come_to_the_driver(
    tmp_path: Path, spark: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one row of each finding, what comes is the same of a corpus and of it many times;
    but for shares, which there are of each label and split where there are stories enough."""
    came = {}
    for many in (2, 24):
        corpus = one_corpus([Corpus() for _ in range(many)])
        folder = tmp_path / str(many)
        corpus.write(folder)
        with monkeypatch.context() as patch:
            patch.setattr(spark_views, "ARTICLES", 40)
            rows = counted_rows(patch)
            assert validate_on_spark(folder, asked=Asked(max_rows=1)).codes
        numbers = [number for _, number in rows]
        shares, labels = (
            sum(number for columns, number in rows if own in columns)
            for own in ("rest_share", "allowed")
        )
        assert shares <= labels * len({article["split"] for article in corpus.articles})
        came[many] = sum(numbers) - shares
        assert rows and max(numbers) < 300 < len(corpus.spans) // many * 24
    assert came[24] < 1.2 * came[2] < len(Corpus().spans) * 24


def counted_rows(patch: pytest.MonkeyPatch) -> list[tuple[list[str], int]]:
    """The columns and the number of rows of each answer of Spark that comes to the driver; it
    grows with them."""
    from pyspark.sql.classic.dataframe import DataFrame

    rows: list[tuple[list[str], int]] = []
    for name in ("collect", "toArrow", "toPandas", "toLocalIterator", "take", "head", "first"):
        real = getattr(DataFrame, name)

        def counted(frame: DataFrame, *given: object, real=real, **named: object) -> object:
            answer = real(frame, *given, **named)
            rows.append((frame.columns, len(answer)))
            return answer

        patch.setattr(DataFrame, name, counted)
    return rows


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_file_that_blocks_is_reported_alone(corpus: Path, spark: None) -> None:
    (corpus / "spans" / "test.parquet").write_bytes(b"no table")
    assert validate_on_spark(corpus) == validate(corpus)
    assert "F01" in validate(corpus).codes
