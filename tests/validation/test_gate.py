"""The gate names what is wrong with a file, at once and without Great Expectations."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newspan.errors import NewspanError
from newspan.schema.arrow import span_schema
from newspan.validation import validate
from newspan.validation.corpus_files import PROBLEMS
from newspan.validation.gate import corpus_folder, inspect
from validation.small_corpus import Corpus, read_index, reindex, write_index


def problems(folder: Path) -> dict[str, dict[str, str]]:
    """Path to what is wrong with it."""
    rows = inspect(folder).files.to_pylist()
    wrong = {r["path"]: {p: r[p] for p in PROBLEMS if r[p] is not None} for r in rows}
    return {path: found for path, found in wrong.items() if found}


def test_a_clean_corpus_has_no_problem(clean: Path) -> None:
    gate = inspect(clean)
    assert problems(clean) == {}
    assert not gate.blocked
    assert gate.tables["spans"].num_rows == len(Corpus().spans)
    assert set(gate.tables["articles"]["file_split"].to_pylist()) == {"train", "validation", "test"}


def test_an_index_is_not_needed(corpus: Path) -> None:
    (corpus / "index.json").unlink()
    assert problems(corpus) == {}


@pytest.mark.parametrize("content", [b"", b"PAR1", b"version https://git-lfs.github.com/spec/v1\n"])
def test_what_is_no_parquet_is_unreadable(corpus: Path, content: bytes) -> None:
    (corpus / "spans" / "test.parquet").write_bytes(content)
    assert list(problems(corpus)["spans/test.parquet"]) == ["unreadable"]


def test_a_flipped_bit_in_a_page_is_found(corpus: Path) -> None:
    path = corpus / "spans" / "train.parquet"
    data = bytearray(path.read_bytes())
    data[200] ^= 0x10
    path.write_bytes(data)
    assert "unreadable" in problems(corpus)["spans/train.parquet"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop_columns(["note"]), "lacks note"),
        (lambda t: t.append_column("index", pa.array(range(len(t)))), "has also index"),
        (lambda t: t.select(["article_id", "id", *t.schema.names[2:]]), "columns are in the order"),
        (lambda t: t.set_column(5, "end", t["end"].cast(pa.int64())), "end is int64, not int32"),
        (lambda t: t.drop_columns(["quote"]), "lacks quote"),
    ],
)
def test_the_difference_of_a_schema_is_said(corpus: Path, change: object, said: str) -> None:
    path = corpus / "spans" / "test.parquet"
    table = pq.read_table(path)
    assert table.schema.equals(span_schema())
    assert table.schema.names[5] == "end"
    assert callable(change)
    pq.write_table(change(table), path)
    assert said in problems(corpus)["spans/test.parquet"]["schema_difference"]


def test_articles_are_missed_where_spans_are(corpus: Path) -> None:
    (corpus / "index.json").unlink()
    (corpus / "articles" / "test.parquet").unlink()
    assert "missing" in problems(corpus)["articles/test.parquet"]


def test_a_broken_index_is_a_problem_of_its_own(corpus: Path) -> None:
    (corpus / "index.json").write_text("{", encoding="utf-8")
    assert list(problems(corpus)) == ["index.json"]
    (corpus / "index.json").write_text("[]", encoding="utf-8")
    assert "is no index" in problems(corpus)["index.json"]["unreadable"]


def test_an_index_cannot_lead_out_of_the_folder(corpus: Path) -> None:
    files = read_index(corpus)
    files["../../etc/passwd"] = {"sha256": "0" * 64, "rows": 1}
    write_index(corpus, files)
    assert list(problems(corpus)["../../etc/passwd"]) == ["missing"]


def test_a_checkout_and_its_corpus_folder_mean_its_tables(clean: Path, tmp_path: Path) -> None:
    tables = tmp_path / "corpus" / "tables"
    shutil.copytree(clean, tables)
    assert corpus_folder(tmp_path) == corpus_folder(tmp_path / "corpus") == tables
    assert corpus_folder(tables) == tables


@pytest.mark.parametrize("left", [("articles", "spans", "relations", "entities"), ("entities",)])
def test_a_corpus_of_nothing_does_not_pass(corpus: Path, left: tuple[str, ...]) -> None:
    for path in corpus.glob("*/*.parquet"):
        if path.parent.name in left:
            pq.write_table(pq.read_table(path, partitioning=None)[:0], path)
        else:
            path.unlink()
    (corpus / "index.json").unlink()
    report = validate(corpus)
    assert report.exit_code() == 1
    (missing,) = (o for o in report.findings if o.check.code == "F03")
    assert missing.rows == ({"path": "articles", "missing": "no file holds an article"},)


def test_a_folder_without_tables_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match="holds no corpus"):
        corpus_folder(tmp_path)
    with pytest.raises(NewspanError, match="is no folder"):
        corpus_folder(tmp_path / "nothing")


def test_a_broken_file_is_named_within_a_second_and_without_the_library(corpus: Path) -> None:
    path = corpus / "spans" / "test.parquet"
    path.write_bytes(path.read_bytes()[:-50])
    code = (
        "import sys, time; from pathlib import Path; from newspan.validation import validate\n"
        "start = time.perf_counter()\n"
        "report = validate(Path(sys.argv[1]))\n"
        "print(time.perf_counter() - start, 'great_expectations' in sys.modules,"
        " 'duckdb' in sys.modules, sorted(report.codes), [s for s, _ in report.not_run])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(corpus)], capture_output=True, text=True, check=True
    )
    seconds, rest = done.stdout.split(maxsplit=1)
    not_run = ["articles", "spans", "relations", "entities", "corpus"]
    assert rest.strip() == f"False False ['F01'] {not_run}"
    assert float(seconds) < 1


def test_a_hundred_files_are_not_slow(tmp_path: Path) -> None:
    table = pa.table({"id": ["a"]})
    for number in range(100):
        path = tmp_path / "passes" / f"{number}.parquet"
        path.parent.mkdir(exist_ok=True)
        pq.write_table(table, path)
    reindex(tmp_path)
    start = time.perf_counter()
    assert inspect(tmp_path).files.num_rows == 102  # the index, and that there are no articles
    assert time.perf_counter() - start < 5
