"""Attributes, relations, speakers and places of paired spans: cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from compare.variants import FAST, compared, document, figures, span
from newspan.annotations.compare.comparison import Comparison
from newspan.schema.model import Span


def numbers(*values: dict[str, object]) -> list[Span]:
    return [
        span(f"n{i}", "number", (i * 10, i * 10 + 5), **value) for i, value in enumerate(values)
    ]


def row(found: Comparison, section: str, *key: str) -> tuple[tuple[int, ...], dict[str, object]]:
    (own,) = (r for r in getattr(found.blocks[0], section) if r.key == key)
    return own.counts, {name: e.value for name, e in own.figures.items()}


def test_labels_have_kappa_and_values_have_none() -> None:
    a = document(numbers({"kind": "count"}, {"kind": "count"}, {"kind": "money"}, {"kind": "age"}))
    b = document(numbers({"kind": "count"}, {"kind": "money"}, {"kind": "money"}, {"kind": "age"}))
    counts, made = row(compared([a], [b]), "attributes", "number", "kind")
    assert counts == (4, 3)
    # Chance: count 2/4 * 1/4, money 1/4 * 2/4, age 1/4 * 1/4.
    chance = 5 / 16
    assert made == {"accuracy": 0.75, "kappa": pytest.approx((0.75 - chance) / (1 - chance))}


def test_figures_are_compared_by_what_they_are_worth() -> None:
    a = document(numbers({"value": "2.50"}, {"value": "4/6"}, {"value": "10"}, {}, {"value": "7"}))
    b = document(numbers({"value": "2.5"}, {"value": "2/3"}, {"value": "11"}, {}, {}))
    counts, made = row(compared([a], [b]), "attributes", "number", "value")
    assert counts == (4, 2)  # where neither gives a value, there is nothing to agree on
    assert made == {"accuracy": 0.5}


def test_a_huge_exponent_is_no_figure_of_ours() -> None:
    a, b = (document(numbers({"value": v})) for v in ("1e999999999", "1E999999999"))
    assert row(compared([a], [b]), "attributes", "number", "value")[0] == (1, 0)


def test_a_number_is_right_as_a_whole() -> None:
    right = {"value": "3", "unit": "EUR", "modifier": "exact"}
    a = document(numbers(right, right, right))
    b = document(numbers(right, {**right, "unit": "USD"}, {**right, "figure": "other"}))
    key = "value, low, high, modifier, unit"
    assert row(compared([a], [b]), "attributes", "number", key)[0] == (3, 2)


def test_keys_of_figures_are_not_compared() -> None:
    a, b = (document(numbers({"figure": f})) for f in ("dead-in-alder", "alder-dead"))
    names = {r.key[1] for r in compared([a], [b]).blocks[0].attributes}
    assert "figure" not in names and "property" in names


def test_attributes_can_be_asked_of_exact_pairs_only() -> None:
    a = document([span("1", "actor", (0, 5)), span("2", "actor", (10, 15))])
    b = document([span("1", "actor", (0, 5)), span("2", "actor", (10, 16), type="state")])
    overlap, exact = (
        row(compared([a], [b], FAST._replace(matched=m)), "attributes", "actor", "type")[0]
        for m in ("overlap", "exact")
    )
    assert (overlap, exact) == ((2, 1), (1, 1))


QUOTES = [
    span("q1", "quote", (0, 20)), span("q2", "quote", (30, 50)),
    span("a1", "actor", (60, 65)), span("a2", "actor", (70, 75)),
]  # fmt: skip


def test_relations_end_to_end_and_between_paired_spans() -> None:
    a = document(QUOTES, [("q1", "said_by", "a1"), ("q2", "said_by", "a2"), ("q1", "via", "a2")])
    shifted = [
        span("q1", "quote", (0, 19)), *QUOTES[1:3], span("a9", "actor", (80, 85)),
    ]  # fmt: skip
    b = document(shifted, [("q1", "said_by", "a1"), ("q2", "said_by", "a9")])
    counts, made = row(compared([a], [b]), "relations", "said_by")
    # a2 has no pair, so that q2's relation counts end to end only; q1's ends overlap.
    assert counts == (2, 2, 1, 1, 1, 0)
    assert made == {
        "spans given f1": 1.0, "end to end precision": 0.5, "end to end recall": 0.5,
        "end to end f1": 0.5, "exact f1": 0.0,
    }  # fmt: skip
    assert row(compared([a], [b]), "relations", "via")[0] == (1, 0, 0, 0, 0, 0)


def test_a_relation_the_other_way_round_is_another() -> None:
    spans = numbers({}, {})
    a, b = (document(spans, [arc]) for arc in (("n0", "part_of", "n1"), ("n1", "part_of", "n0")))
    assert row(compared([a], [b]), "relations", "part_of")[0] == (1, 1, 1, 1, 0, 0)


def test_a_relation_of_another_type_is_another() -> None:
    a, b = (document(QUOTES, [("q1", kind, "a1")]) for kind in ("said_by", "via"))
    found = compared([a], [b])
    assert row(found, "relations", "said_by")[0] == (1, 0, 1, 0, 0, 0)
    assert row(found, "relations", "via")[0] == (0, 1, 0, 1, 0, 0)


def speakers(a: list[tuple[str, str, str]], b: list[tuple[str, str, str]], **keys: str) -> object:
    spans = [
        *QUOTES[:2],
        *(
            span(name, "actor", (60 + 10 * n, 65 + 10 * n), entity=keys.get(name))
            for n, name in enumerate(("a1", "a2", "a3"))
        ),
    ]
    found = compared([document(spans, a)], [document(spans, b)])
    return {r.key[0]: r.counts for r in found.blocks[0].referents}


def test_speakers_are_right_as_sets() -> None:
    both = [("q1", "said_by", "a1"), ("q1", "said_by", "a2"), ("q2", "said_by", "a1")]
    found = speakers(both, [both[0], both[2]])
    assert found == {"speaker, as a mention": (2, 1)}


def test_another_mention_of_the_same_entity_is_the_same_speaker() -> None:
    a, b = [("q1", "said_by", "a1")], [("q1", "said_by", "a2")]
    keys = {"a1": "ana-duval", "a2": "ana-duval", "a3": "ministry"}
    assert speakers(a, b, **keys) == {
        "speaker, as a mention": (1, 0), "speaker, as an entity": (1, 1),
    }  # fmt: skip
    other = speakers(a, [("q1", "said_by", "a3")], **keys)
    assert other == {"speaker, as a mention": (1, 0), "speaker, as an entity": (1, 0)}


def test_a_speaker_without_an_entity_is_no_wrong_entity() -> None:
    a, b = [("q1", "said_by", "a1")], [("q1", "said_by", "a2")]
    assert speakers(a, b, a1="ana-duval") == {"speaker, as a mention": (1, 0)}


def test_places_are_right_within_a_hundred_miles() -> None:
    keys = [["alder", "alder", "alder", None], ["alder", "port", "far", "alder"]]
    a, b = (
        document(
            span(f"l{n}", "location", (n * 10, n * 10 + 5), entity=key)
            for n, key in enumerate(side)
        )
        for side in keys
    )
    # One degree of latitude is 111.2 km.
    places = {"alder": (50.0, 10.0), "port": (51.4, 10.0), "far": (51.5, 10.0)}
    found = compared([a], [b], FAST._replace(places=places))
    assert row(found, "referents", "location, within 161 km")[0] == (3, 2)


def test_characters_are_counted_once_however_often_they_are_marked() -> None:
    a = document([span("1", "cue", (0, 10)), span("2", "cue", (2, 6))], length=100)
    b = document([span("1", "cue", (5, 15))], length=100)
    (own,) = compared([a], [b]).blocks[0].characters
    assert own.counts == (5, 5, 5, 85)
    chance = (0.1 * 0.1) + (0.9 * 0.9)
    expected = (0.90 - chance) / (1 - chance)
    assert own.figures["characters kappa"].value == pytest.approx(expected)


def test_origins_are_kept_apart_unless_asked() -> None:
    a = [
        document([span("1", "cue", (0, 5))], name="a1", origin="invented"),
        document([span("1", "cue", (0, 5))], name="a2", origin="retold"),
    ]
    b = [a[0], document([], name="a2", origin="retold")]
    found = figures(compared(a, b))
    assert found["invented", "spans", "cue", "exact recall"] == 1
    assert found["retold", "spans", "cue", "exact recall"] == 0
    pooled = compared(a, b, FAST._replace(pool=True))
    assert [(blk.articles, blk.spans[0].counts[:3]) for blk in pooled.blocks] == [(2, (2, 1, 1))]
    assert np.array_equal(pooled.pairs.a, [0])
