"""Rows of the derived tables: known answers on one small document, and nesting."""

import datetime

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given

from newspan.corpus.derived import derived_schema, derived_tables, documents_table, exact_float
from newspan.schema.derived import DERIVED_ROWS
from newspan.schema.invariants import check, slice_text
from newspan.schema.model import (
    LAYERS,
    Article,
    Document,
    Entity,
    Fragment,
    Relation,
    relation_id,
)
from newspan.schema.tables import tables
from newspan.text import NORMALIZATION, fingerprint, paragraph_fingerprints
from strategies import corpora

TEXT = (
    "PORTO — “Ben told me ‘40 soldiers died,’” Ana said. Some 2/3 fled Porto.\n\n"
    "Another 12 drones fell, the army said. It was dark."
)
REGIONS = {
    "p1": ("location", "PORTO", 0, {"kind": "city", "dateline": True, "entity": "porto"}),
    "q1": ("quote", "“Ben told me ‘40 soldiers died,’”", 0, {"form": "direct", "speaker": "named"}),
    "a1": ("actor", "Ben", 0, {"type": "person"}),
    "q2": ("quote", "‘40 soldiers died,’", 0,
           {"form": "direct", "speaker": "named", "polarity": "denied"}),
    "n1": ("number", "40", 0, {"kind": "count", "value": "40"}),
    "x1": ("counted", "soldiers", 0, {}),
    "a2": ("actor", "Ana", 0, {"type": "person", "entity": "ana"}),
    "c1": ("cue", "said", 0, {}),
    "n2": ("number", "2/3", 0, {"kind": "ratio", "value": "2/3", "modifier": "approximate",
                                "figure": "fled"}),
    "p2": ("location", "Porto", 0, {"kind": "city", "entity": "porto"}),
    "n3": ("number", "Another 12", 0,
           {"kind": "count", "low": "12", "modifier": "at_least", "scope": "increment"}),
    "a3": ("actor", "the army", 0, {"type": "armed_force", "mention": "nominal"}),
    "n4": ("number", "dark", 0, {"kind": "count"}),
}  # fmt: skip
ARCS = [
    ("q1", "said_by", "a2"), ("q2", "said_by", "a1"), ("c1", "cue_of", "q1"),
    ("n1", "counts", "x1"), ("n2", "located_in", "p2"), ("n3", "according_to", "a3"),
    ("p2", "located_in", "p1"), ("q1", "via", "a3"),
]  # fmt: skip
ENTITIES = {
    "ana": Entity(id="ana", kind="actor", type="person", name="Ana Duval"),
    "porto": Entity(
        id="porto", kind="location", type="city", name="Porto Velsà", latitude=1.5,
        longitude=-2.5, country_code="XZ", precision="city", gazetteer="invented 1",
    ),
}  # fmt: skip


def document(standoff=False):
    article = Article(
        id="a", text=None if standoff else TEXT, text_sha256=fingerprint(TEXT),
        paragraph_sha256=paragraph_fingerprints(TEXT), n_chars=len(TEXT),
        normalization=NORMALIZATION, language="en",
        published=datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC), published_precision="day",
        publisher="The Post", author_kind="human", license="CC-BY-4.0", story="s",
        origin="wikinews" if standoff else "invented",
    )  # fmt: skip
    spans = []
    for region, (layer, words, nth, values) in REGIONS.items():
        start = TEXT.index(words, nth)
        fragment = Fragment(start, start + len(words))
        spans.append(
            LAYERS[layer](
                id=f"a/adjudicated/{region}", fragments=(fragment,), start=fragment.start,
                end=fragment.end, text=None if standoff else slice_text(TEXT, [fragment]),
                annotator="ana", annotator_kind="human", status="adjudicated", **values,
            )
        )  # fmt: skip
    arcs = [(f"a/adjudicated/{h}", kind, f"a/adjudicated/{t}") for h, kind, t in ARCS]
    relations = [
        Relation(id=relation_id(h, kind, t), type=kind, head=h, tail=t) for h, kind, t in arcs
    ]
    return check(Document(article=article, spans=tuple(spans), relations=tuple(relations)))


@pytest.fixture(scope="module")
def rows():
    made = derived_tables([document()], ENTITIES)
    return {
        name: {row["id"].rpartition("/")[2]: row for row in table.to_pylist()}
        for name, table in made.items()
    }


def has(row, **wanted):
    assert {name: row[name] for name in wanted} == wanted


def test_every_row_says_where_it_stands(rows):
    has(rows["claims"]["n1"], article_id="a", story="s", origin="invented", publisher="The Post",
        start=TEXT.index("40"), end=TEXT.index("40") + 2, text="40")  # fmt: skip
    assert rows["claims"]["n1"]["sentence"].startswith("PORTO — “Ben told")
    has(rows["claims"]["n2"], sentence="Some 2/3 fled Porto.")
    has(rows["claims"]["n3"], sentence="Another 12 drones fell, the army said.")


def test_a_quotation_has_its_cue_and_speakers(rows):
    assert set(rows["quotations"]) == {"q1", "q2"}
    has(rows["quotations"]["q1"], cue="said", cue_id="a/adjudicated/c1", source="Ana",
        source_entity="ana", source_name="Ana Duval", source_type="person",
        source_entities=["ana"], outer_source=None, level=0, position=8 / len(TEXT))  # fmt: skip


def test_a_quotation_in_a_quotation_has_both_sources(rows):
    has(rows["quotations"]["q2"], cue=None, source="Ben", source_entity=None, source_name=None,
        source_entities=[], outer_source="Ana", outer_source_entity="ana", level=1,
        polarity="denied")  # fmt: skip


def test_claims_are_the_figures_with_a_source_or_a_question(rows):
    assert set(rows["claims"]) == {"n1", "n2", "n3"}


def test_a_figure_in_a_quote_is_the_word_of_the_innermost_source(rows):
    has(rows["claims"]["n1"], attribution="quote", source="Ben", outer_source="Ana",
        outer_source_entity="ana", polarity="denied", quote_id="a/adjudicated/q2",
        counted="soldiers", value="40", value_float=40.0, low_float=40.0,
        high_float=40.0)  # fmt: skip


def test_a_figure_outside_every_quote_is_the_word_of_whom_it_is_given_by(rows):
    has(rows["claims"]["n3"], attribution="according_to", source="the army", outer_source=None,
        polarity=None, quote_id=None, value=None, value_float=None, low="12", low_float=12.0,
        high_float=None, scope="increment")  # fmt: skip


def test_a_figure_without_a_source_is_the_reports_own(rows):
    has(rows["claims"]["n2"], attribution="report", source=None, place="Porto",
        place_entity="porto", value="2/3", value_float=2 / 3, low_float=None,
        high_float=None)  # fmt: skip


def test_a_place_has_what_the_gazetteer_knows(rows):
    has(rows["places"]["p2"], name="Porto Velsà", latitude=1.5, longitude=-2.5, geonames=None,
        country_code="XZ", precision="city", located_in="porto", dateline=False)  # fmt: skip
    has(rows["places"]["p1"], dateline=True, located_in=None)


def test_a_stand_off_article_gives_no_words_but_names_and_offsets():
    made = derived_tables([document(standoff=True)], ENTITIES)
    words = ("text", "sentence", "cue", "source", "outer_source", "counted", "place")
    for table in made.values():
        for row in table.to_pylist():
            assert not any(row.get(name) for name in words)
            assert row["end"] > row["start"]
    names = {row["source_name"] for row in made["quotations"].to_pylist()}
    assert "Ana Duval" in names


@pytest.mark.parametrize(
    ("exact", "wanted"),
    [(None, None), ("0", 0.0), ("-2.5", -2.5), ("2/3", 2 / 3), ("-1/8", -0.125), ("0.1", 0.1),
     ("9007199254740993", 9007199254740992.0)],
)  # fmt: skip
def test_the_float_of_an_exact_value_is_the_nearest(exact, wanted):
    assert exact_float(exact) == wanted


def test_tables_have_their_schemas_also_without_rows():
    for name, table in derived_tables([], {}).items():
        assert table.schema.equals(derived_schema(name), check_metadata=True)
        assert name in DERIVED_ROWS


@given(corpora())
def test_derived_tables_can_be_made_of_every_document(found):
    made = derived_tables(found, ENTITIES)
    quotes = [s for d in found for s in d.spans if type(s).__name__ == "Quote"]
    assert made["quotations"].num_rows == len(quotes)
    for name, table in made.items():
        assert table.schema.equals(derived_schema(name))


def flattened(nested, name):
    lists = nested[name].combine_chunks()
    owners = nested["id"].combine_chunks().take(lists.value_parent_indices())
    flat = pa.Table.from_struct_array(lists.flatten())
    return flat.append_column("article_id", owners)


@given(corpora())
def test_documents_flattened_are_the_canonical_tables(found):
    canonical = tables(found)
    nested = documents_table(canonical)
    assert nested.select(canonical.articles.schema.names).equals(canonical.articles)
    for name, table in (("spans", canonical.spans), ("relations", canonical.relations)):
        assert flattened(nested, name).select(table.schema.names).to_pylist() == table.to_pylist()


@given(corpora())
def test_documents_have_the_offsets_of_their_sentences(found):
    for row in documents_table(tables(found)).to_pylist():
        if row["text"] is None:
            assert row["sentences"] is None
        else:
            words = [row["text"][s["start"] : s["end"]] for s in row["sentences"]]
            assert "".join("".join(words).split()) == "".join(row["text"].split())


@given(corpora(max_size=4))
def test_documents_of_some_articles_have_their_own_spans(found):
    canonical = tables(found)
    some = canonical._replace(articles=canonical.articles.slice(0, len(found) // 2))
    for row, doc in zip(documents_table(some).to_pylist(), found, strict=False):
        assert [s["id"] for s in row["spans"]] == [s.id for s in doc.spans]


def test_a_number_in_two_quotes_of_one_place_is_in_both():
    doc = document()
    twin = msgspec.structs.replace(
        next(s for s in doc.spans if s.id.endswith("/q2")), id="a/adjudicated/q3"
    )
    made = derived_tables([msgspec.structs.replace(doc, spans=(*doc.spans, twin))], ENTITIES)
    levels = [r["level"] for r in made["quotations"].to_pylist()]
    assert sorted(levels) == [0, 1, 2]
