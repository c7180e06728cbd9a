"""Folders of Parquet tables."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newspan
from newspan.errors import DocumentError, NewspanError
from newspan.formats.parquet import decode, encode
from newspan.formats.parquet_files import content_digest, parquet_bytes, read_table
from strategies import corpora


def changed(table, column, value):
    index = table.schema.names.index(column)
    values = pa.array([value] * table.num_rows)
    return table.set_column(index, column, values)


@given(corpora().filter(lambda found: any(d.spans for d in found)), st.data())
def test_tables_that_break_the_model_are_refused(found, data):
    native = encode(found)
    column, value, message = data.draw(
        st.sampled_from(
            [
                ("layer", "person", "person"),
                ("start", 2**31, "int|start|2147483647"),
                ("end", 1.5, "int"),
                ("annotator", None, "annotator|str"),
                ("status", "done", "done|enum"),
                ("id", "x", "regex|names another"),
                ("article_id", "nowhere", "articles that are not there"),
                ("text", "other words", "other words|stand-off|hydrate"),
            ]
        )
    )
    with pytest.raises(DocumentError, match=message):
        list(decode(native._replace(spans=changed(native.spans, column, value))))


@given(corpora())
def test_a_table_without_a_column_is_refused(found):
    native = encode(found)
    with pytest.raises(DocumentError, match="spans has no column fragments"):
        list(decode(native._replace(spans=native.spans.drop_columns(["fragments"]))))


def test_splits_with_different_columns_are_refused(tmp_path):
    (tmp_path / "articles").mkdir()
    pq.write_table(pa.table({"id": ["a"]}), tmp_path / "articles" / "train.parquet")
    pq.write_table(pa.table({"id": [1]}), tmp_path / "articles" / "test.parquet")
    with pytest.raises(DocumentError, match="different columns"):
        list(newspan.read(tmp_path))


def test_another_table_of_that_name_is_refused(tmp_path):
    (tmp_path / "articles").mkdir()
    pq.write_table(pa.table({"x": ["a"]}), tmp_path / "articles" / "train.parquet")
    with pytest.raises(DocumentError, match="no column"):
        list(newspan.read(tmp_path))


def test_a_folder_with_other_things_is_not_replaced(tmp_path):
    (tmp_path / "mine.txt").write_text("dear to me", encoding="utf-8")
    with pytest.raises(NewspanError, match=r"mine\.txt"):
        newspan.write([], tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        (b"", "cannot be read"),
        (b"PAR1", "cannot be read"),
        (b"PAR1" * 10, "cannot be read"),
    ],
)
def test_a_file_that_is_no_parquet_is_refused(content, message, tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=message):
        read_table(path)


@given(st.data())
def test_a_changed_byte_is_an_error_or_harmless(tmp_path_factory, data):
    table = pa.table({"id": [f"a{n}" for n in range(50)], "n": list(range(50))})
    path = tmp_path_factory.getbasetemp() / "changed.parquet"
    content = bytearray(parquet_bytes(table))
    at = data.draw(st.integers(4, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    try:
        found = read_table(path)
    except DocumentError as error:
        assert error.faults[0].path == path
    else:
        assert isinstance(found, pa.Table)


@given(corpora())
def test_the_digest_is_of_the_rows_not_of_the_file(found):
    table = encode(found).spans
    assert content_digest(table) == content_digest(table.slice(0))
    assert content_digest(table.replace_schema_metadata({"x": "y"})) == content_digest(table)
    if table.num_rows:
        assert content_digest(table.slice(1)) != content_digest(table)


ODD_TYPES = {
    "text of another kind": (pa.large_string(), ["a", None, "é"]),
    "a view of text": (pa.string_view(), ["a", None, "a text that is longer than twelve bytes"]),
    "a dictionary": (pa.dictionary(pa.int32(), pa.string()), ["a", None, "b"]),
    "bytes": (pa.binary(), [b"a", None, b"\xff"]),
    "a decimal": (pa.decimal128(5, 2), [Decimal("1.50"), None, Decimal("2")]),
    "a date": (pa.date32(), [date(2024, 5, 6), None, date(2024, 5, 7)]),
    "a long list": (pa.large_list(pa.string_view()), [["a"], None, ["b", None]]),
    "a list of fixed length": (pa.list_(pa.int8(), 2), [[1, 2], None, [3, 4]]),
    "a map": (pa.map_(pa.string(), pa.int8()), [[("a", 1)], None, []]),
    "nothing": (pa.null(), [None, None, None]),
}


@pytest.mark.parametrize("name", ODD_TYPES)
def test_tables_of_other_writers_have_a_digest_too(name):
    kind, values = ODD_TYPES[name]
    array = pa.array(values, kind)
    whole = content_digest(pa.table({"x": array}))
    parts = pa.chunked_array([array[:1], array[1:]])
    assert content_digest(pa.table({"x": parts})) == whole
    reordered = content_digest(pa.table({"x": pa.array(values[::-1], kind)}))
    assert (reordered == whole) == (kind == pa.null())
    assert content_digest(pa.table({"x": array[:2]})) != whole
