"""What must hold of agreement, whatever is compared."""

from __future__ import annotations

import random
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.variants import annotated_twice, compared, figures
from newspan.schema.model import Document, layer_of

Both = tuple[Document, Document]
MONOTONE = ("exact", "overlap", "partial", "strict")


@given(annotated_twice())
def test_an_annotation_agrees_with_itself_wholly(both: Both) -> None:
    for one in both:
        for key, value in figures(compared([one], [one])).items():
            assert value is None or value == pytest.approx(1), key


@given(annotated_twice())
def test_agreement_is_symmetric(both: Both) -> None:
    a, b = both
    there, back = (figures(compared([x], [y])) for x, y in ((a, b), (b, a)))
    assert there.keys() == back.keys()
    turned = {"precision": "recall", "recall": "precision"}
    for (*key, name), value in there.items():
        scheme, _, figure = name.rpartition(" ")
        other = f"{scheme} {turned[figure]}" if figure in turned else name
        assert back[(*key, other)] == pytest.approx(value), (key, name)


@given(annotated_twice(), st.randoms(use_true_random=False))
def test_ids_and_order_change_nothing(both: Both, chance: random.Random) -> None:
    a, b = both
    expected = figures(compared([a], [b]))
    assert figures(compared([shuffled(a, chance)], [shuffled(b, chance)])) == expected


def shuffled(document: Document, chance: random.Random) -> Document:
    """The same annotation under other ids, in another order."""
    numbers = list(range(len(document.spans)))
    chance.shuffle(numbers)
    names = {s.id: f"a1/other/z{n}" for s, n in zip(document.spans, numbers, strict=True)}
    spans = [msgspec.structs.replace(s, id=names[s.id]) for s in document.spans]
    arcs = [
        msgspec.structs.replace(r, id=f"a1/other/{n}", head=names[r.head], tail=names[r.tail])
        for n, r in enumerate(document.relations)
    ]
    chance.shuffle(spans)
    chance.shuffle(arcs)
    return Document(article=document.article, spans=tuple(spans), relations=tuple(arcs))


@given(annotated_twice(), st.data())
def test_a_span_less_never_raises_recall(both: Both, data: st.DataObject) -> None:
    a, b = both
    whole = compared([a], [b])
    if not len(whole.pairs.b):
        return
    ids = whole.sides[1].spans["id"].to_pylist()
    lost = ids[data.draw(st.sampled_from(whole.pairs.b.tolist()))]
    less = Document(
        article=b.article,
        spans=tuple(s for s in b.spans if s.id != lost),
        relations=tuple(r for r in b.relations if lost not in (r.head, r.tail)),
    )
    before, after = figures(whole), figures(compared([a], [less]))
    for key in before:
        if key[1] == "spans" and key[-1] in [f"{scheme} recall" for scheme in MONOTONE]:
            assert (after.get(key) or 0) <= (before[key] or 0), key


@given(annotated_twice())
def test_schemes_that_ask_more_find_less(both: Both) -> None:
    found = figures(compared([both[0]], [both[1]]))
    for (*key, name), value in found.items():
        if key[1] != "spans" or value is None:
            continue
        scheme, _, figure = name.rpartition(" ")
        for harder, easier in (
            ("exact", "partial"), ("partial", "overlap"), ("strict", "exact"),
            ("strict", "type"), ("type", "overlap"),
        ):  # fmt: skip
            if scheme == harder and (other := found.get((*key, f"{easier} {figure}"))) is not None:
                assert value <= other + 1e-12, (key, harder, easier)


@given(annotated_twice())
def test_exact_and_strict_are_what_counting_gives(both: Both) -> None:
    found = compared([both[0]], [both[1]])
    rows = {row.key[0]: row.counts for block in found.blocks for row in block.spans}
    exact, strict = (
        [Counter(kind(s) for s in d.spans) for d in both] for kind in (_place, _place_and_type)
    )
    for layer, counts in rows.items():
        for place, (x, y) in ((2, exact), (4, strict)):
            common = sum(n for key, n in (x & y).items() if key[0] == layer)
            assert counts[place] == common, (layer, place)


def _place(span: object) -> tuple[object, ...]:
    return layer_of(span), span.fragments  # type: ignore[arg-type, attr-defined]


def _place_and_type(span: object) -> tuple[object, ...]:
    name = {"actor": "type", "location": "kind", "number": "kind", "quote": "form"}
    return *_place(span), getattr(span, name.get(layer_of(span), ""), None)  # type: ignore[arg-type]
