"""What rows are about: looked up in the views, whatever the row names, however odd its id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from newspan.validation.gate import FILE_SPLIT, inspect, unfiled
from newspan.validation.outcome import Outcome
from newspan.validation.places import Place, with_places
from newspan.validation.readings import READINGS
from newspan.validation.suites import Check
from newspan.validation.views import Views, build_views, connect, frames
from validation.small_corpus import Corpus

P = "inv-0001/adjudicated"


def outcome(suite: str, *rows: dict[str, Any]) -> Outcome:
    check = Check("S01", "critical", "It is wrong.", "Mend it.", suite, suite, "sql", {})
    return Outcome(check, len(rows), 99, rows)


@pytest.fixture(scope="module")
def views(clean: Path) -> Views:
    return build_views(inspect(clean))


def places(views: Views, suite: str, row: dict[str, Any]) -> tuple[Place, ...]:
    (found,) = with_places([outcome(suite, row)], views.connection)
    return next(places for _, places in found.located())


def words(place: Place) -> list[str]:
    return [p.text for p in place.parts if p.marked]


def test_a_span_stands_in_its_words(views: Views) -> None:
    (place,) = places(views, "spans", {"id": f"{P}/n4", "text": "14"})
    assert (place.role, place.kind, place.article, place.layer, place.split) == (
        "id", "span", "inv-0001", "number", "train",
    )  # fmt: skip
    assert words(place) == ["14"]
    assert "".join(p.text for p in place.parts) == (
        "The harbour office put the toll at 14, nine of them guards aged 40.…".replace(
            ".…", ". Repairs…"
        )
    )
    assert place.line == 6


def test_every_fragment_of_a_quote_is_marked(views: Views) -> None:
    (place,) = places(views, "spans", {"id": f"{P}/q1"})
    assert words(place) == ["“We shall reach them,”", "“before Friday.”"]
    assert len(place.fragments) == 2


def test_offsets_of_the_row_go_before_those_of_the_span(views: Views) -> None:
    row = {"id": f"{P}/n4", "start": 0, "end": 10}
    (place,) = places(views, "spans", row)
    assert words(place) == ["PORT ALDER"]
    # But offsets that lie nowhere show nothing, and a yes or no is no offset.
    for odd in ({"start": 5, "end": 10**9}, {"start": True, "end": True}, {"start": 9, "end": 3}):
        (place,) = places(views, "spans", {"id": f"{P}/n4"} | odd)
        assert words(place) == ["14"]


def test_a_relation_shows_both_ends(views: Views) -> None:
    key = f"{P}/q1.said_by.a2"
    found = places(views, "relations", {"id": key, "head": f"{P}/q1", "tail": f"{P}/a2"})
    assert [(p.role, p.kind, p.id) for p in found] == [
        ("id", "relation", key), ("head", "span", f"{P}/q1"), ("tail", "span", f"{P}/a2"),
    ]  # fmt: skip
    assert words(found[2]) == ["Ana Duval"]


def test_other_spans_that_a_row_names_are_shown_too(views: Views) -> None:
    row = {"derived_from": "wn-9001/adjudicated/n1", "id": "ret-0001/adjudicated/n1"}
    own, source = places(views, "spans", row)
    assert words(own) == ["Five or more"]
    assert (source.role, source.parts, source.fragments != ()) == ("derived_from", (), True)


@pytest.mark.parametrize(
    ("suite", "row", "kind", "role"),
    [
        ("articles", {"id": "inv-0002", "language": "xx"}, "article", "id"),
        ("entities", {"id": "lakemouth"}, "entity", "id"),
        ("corpus", {"story": "flood", "example": "inv-0001"}, "article", "example"),
        ("spans", {"field": "unit", "example": f"{P}/n6"}, "span", "example"),
        ("articles", {"article_id": "ret-0001", "source": "gone"}, "article", "article_id"),
        ("articles", {"source": "wn-9001", "retellings": 3}, "article", "source"),
    ],
)
def test_whatever_a_row_names_is_found(
    views: Views, suite: str, row: dict[str, Any], kind: str, role: str
) -> None:
    (place,) = places(views, suite, row)
    assert (place.kind, place.role) == (kind, role)


@pytest.mark.parametrize(
    "row",
    [
        {}, {"id": None}, {"id": 5}, {"id": ""}, {"id": "gone"}, {"path": "spans/train.parquet"},
        {"id": "'; drop table spans; --"}, {"id": "\x00"}, {"story": "flood"}, {"id": True},
        # The story and the entity of a row are not what it is about.
        {"story": "inv-0001"}, {"entity": "lakemouth"},
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_shown(views: Views, row: dict[str, Any]) -> None:
    assert places(views, "spans", row) == ()


def test_an_article_and_an_entity_of_one_name_are_told_apart(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.entity("norwick")["id"] = "inv-0001"
    corpus.write(tmp_path)
    views = build_views(inspect(tmp_path))
    assert [p.kind for p in places(views, "entities", {"id": "inv-0001"})] == ["entity"]
    assert [p.kind for p in places(views, "articles", {"id": "inv-0001"})] == ["article"]


def test_two_spans_of_one_id_are_both_shown(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.spans.append(corpus.span("inv-0001/n4") | {"start": 0, "end": 10})
    corpus.write(tmp_path)
    views = build_views(inspect(tmp_path))
    found = places(views, "spans", {"id": f"{P}/n4", "spans": 2})
    assert sorted(words(place)[0] for place in found) == ["14", "PORT ALDER"]


def test_a_span_of_odd_offsets_has_no_words(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.span("inv-0001/n4").update(fragments=[])
    corpus.span("inv-0001/n5").update(fragments=[{"start": -5, "end": 10**9}])
    corpus.write(tmp_path)
    views = build_views(inspect(tmp_path))
    for region in ("n4", "n5"):
        (place,) = places(views, "spans", {"id": f"{P}/{region}"})
        assert place.parts == ()


def test_outcomes_without_rows_are_left_alone(views: Views) -> None:
    given = (outcome("spans"), outcome("spans"))
    assert with_places(given, views.connection) == given


def test_of_many_records_of_one_id_the_first_are_shown() -> None:
    ids = [f"{P}/q{n}.said_by.a1" for n in range(2000)]
    relations = pa.table({"id": ids, "type": ids, "head": ids, "tail": ids})
    parts = [
        relations.append_column(FILE_SPLIT, pa.repeat(pa.scalar(str(n)), 2000)) for n in range(10)
    ]
    connection = connect()
    for name, table in frames(unfiled(Path(), {}, READINGS.empty_table())).items():
        connection.register(name, table)
    connection.register("relations", pa.concat_tables(parts))
    # More ids than relations: the relations are what is hashed, by several threads at once.
    rows = [{"id": key} for key in (*ids, *(f"{P}/gone{n}" for n in range(30_000)))]
    (found,) = with_places([outcome("relations", *rows)], connection)
    assert {tuple(p.split for p in shown) for shown in found.places[:2000]} == {("0", "1")}
