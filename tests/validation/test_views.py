"""The views: slices of any script, shapes from the model, articles that are nearly the same."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.schema.arrow import article_schema, span_schema
from newspan.schema.model import LAYERS
from newspan.validation.gate import inspect
from newspan.validation.shapes import shapes
from newspan.validation.slices import fragment_frame, span_frame
from newspan.validation.views import build_views
from validation.small_corpus import Corpus


@given(st.text(min_size=1, max_size=30), st.data())
def test_slices_are_those_of_python(text: str, data: st.DataObject) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    cuts = st.integers(0, len(text) + 3)
    spans = data.draw(st.lists(st.tuples(cuts, cuts).map(sorted), min_size=1, max_size=4))
    articles = pl.DataFrame(
        [
            {
                "id": "a",
                "text": text,
                "n_chars": len(text),
                "story": "s",
                "split": "train",
                "origin": "invented",
            }
        ],
        schema_overrides={"n_chars": pl.Int32},
    )
    rows = pl.DataFrame(
        {
            "id": [str(n) for n in range(len(spans))],
            "article_id": "a",
            "layer": "cue",
            "fragments": [[{"start": s, "end": e}] for s, e in spans],
        },
        schema_overrides={
            "fragments": pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32})),
        },
    )
    found = fragment_frame(rows, articles)
    assert found["found"].to_list() == [text[s:e] for s, e in spans]
    for (start, end), cut in zip(spans, found["cut"], strict=True):
        edges = [text[at - 1 : at + 1] for at in (start, end) if 0 < at < len(text)]
        if not cut and text[start:end]:
            assert not any(edge.isascii() and edge.isalnum() for edge in edges)


def test_fragments_are_joined_as_in_the_model() -> None:
    corpus = Corpus()
    drop = "file_split"
    spans = pl.DataFrame(
        pl.from_arrow(_table([{k: v for k, v in s.items() if k != drop} for s in corpus.spans]))
    )
    articles = pl.DataFrame([{k: v for k, v in a.items() if k != drop} for a in corpus.articles])
    joined = span_frame(spans, fragment_frame(spans, articles))
    quote = joined.filter(pl.col("id") == "inv-0001/adjudicated/q1").row(0, named=True)
    assert quote["found"] == "“We shall reach them,” … “before Friday.”"
    assert quote["n_fragments"] == 2
    assert joined.height == len(corpus.spans)


def _table(rows: list[dict[str, object]]) -> object:
    import pyarrow as pa

    return pa.Table.from_pylist(rows, schema=span_schema())


def test_every_column_of_a_table_has_a_shape() -> None:
    assert {s.field for s in shapes("article")} == set(article_schema().names)
    common = {s.field for s in shapes("span")} | {layer for layer in LAYERS if shapes(layer)}
    assert common == set(span_schema().names)


@pytest.mark.parametrize(
    ("record", "field", "wanted"),
    [
        ("number", "value", {"required": False}),
        ("number", "kind", {"required": True}),
        ("quote", "channel", {"required": False}),
        ("entity", "geonames", {"low": 0, "low_open": True}),
        ("entity", "latitude", {"low": -90, "high": 90}),
        ("span", "score", {"low": 0, "high": 1}),
        ("article", "paragraph_sha256", {"pattern": "^[0-9a-f]{64}$"}),
        ("relation", "head", {"max_length": 200}),
    ],
)
def test_a_shape_is_what_the_model_says(record: str, field: str, wanted: dict[str, object]) -> None:
    shape = next(s for s in shapes(record) if s.field == field)
    assert {name: getattr(shape, name) for name in wanted} == wanted


def test_a_near_copy_is_found_and_its_likeness_measured(tmp_path: Path) -> None:
    corpus = Corpus()
    text = corpus.copy_article("inv-0001", "inv-0009")["text"]
    corpus.rewrite("inv-0009", text.replace("Ana Duval", "Eva Dorn"))
    corpus.write(tmp_path)
    views = build_views(inspect(tmp_path))
    rows = views.connection.execute("select id, other, jaccard from near_duplicates").fetchall()
    ((first, second, jaccard),) = rows
    assert (first, second) == ("inv-0001", "inv-0009")
    assert 0.7 < jaccard < 1


def test_stand_off_articles_are_compared_by_their_paragraphs(tmp_path: Path) -> None:
    corpus = Corpus()
    digests = [f"{n:064x}" for n in range(6)]
    corpus.article("wn-9001")["paragraph_sha256"] = digests
    copy = corpus.copy_article("wn-9001", "wn-9002", text_sha256="0" * 64)
    copy["paragraph_sha256"] = [*digests[:5], "f" * 64]
    corpus.write(tmp_path)
    views = build_views(inspect(tmp_path))
    rows = views.connection.execute("select id, other from near_duplicates").fetchall()
    assert rows == [("wn-9001", "wn-9002")]
