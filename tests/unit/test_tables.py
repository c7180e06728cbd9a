"""Documents as Arrow tables, and back."""

import pyarrow as pa
from hypothesis import given

from newspan.schema.arrow import article_schema, entity_schema, relation_schema, span_schema
from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import LAYERS, SCHEMA_VERSION, Article, Relation, Span
from newspan.schema.tables import documents, tables
from strategies import corpora


@given(corpora())
def test_tables_give_back_the_documents(found):
    assert list(documents(tables(found))) == found


@given(corpora())
def test_the_order_of_the_documents_does_not_matter(found):
    assert tables(reversed(found)) == tables(found)


@given(corpora())
def test_tables_are_sorted(found):
    articles, spans, relations = tables(found)
    assert articles["id"].to_pylist() == sorted(articles["id"].to_pylist())
    places = [
        (r["article_id"], r["start"], r["end"], r["id"]) for r in spans.to_pylist()
    ]  # fmt: skip
    assert places == sorted(places)
    ids = [(r["article_id"], r["id"]) for r in relations.to_pylist()]
    assert ids == sorted(ids)


@given(corpora())
def test_tables_have_the_schemas_with_their_metadata(found):
    for table, schema in zip(
        tables(found), (article_schema(), span_schema(), relation_schema()), strict=True
    ):
        assert table.schema.equals(schema, check_metadata=True)
        table.validate(full=True)


@given(corpora())
def test_a_span_has_the_struct_of_its_own_layer_only(found):
    for row in tables(found).spans.to_pylist():
        for layer in LAYERS:
            if attributes(layer):
                assert (row[layer] is not None) == (layer == row["layer"])


def test_schemas_have_the_fields_of_the_model_with_their_descriptions():
    assert article_schema().names == [f.name for f in fields_of(Article)]
    assert set(span_schema().names) >= {f.name for f in fields_of(Span)}
    assert set(relation_schema().names) == {f.name for f in fields_of(Relation)} | {"article_id"}
    for schema in (article_schema(), span_schema(), relation_schema(), entity_schema()):
        assert schema.metadata[b"newspan.schema_version"] == SCHEMA_VERSION.encode()
        assert all(field.metadata[b"description"] for field in schema)


def test_there_is_no_dictionary_and_no_map():
    def plain(kind):
        assert not pa.types.is_dictionary(kind)
        assert not pa.types.is_map(kind)
        for index in range(kind.num_fields):
            plain(kind.field(index).type)

    for schema in (article_schema(), span_schema(), relation_schema(), entity_schema()):
        for field in schema:
            plain(field.type)


def test_no_documents_make_empty_tables():
    assert [t.num_rows for t in tables([])] == [0, 0, 0]
    assert list(documents(tables([]))) == []
