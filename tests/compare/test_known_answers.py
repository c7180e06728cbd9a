"""Figures worked out by others: the double annotation of MeasEval, and nervaluate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.variants import FAST, compared, document, figures, passed, span
from newspan.annotations.compare.comparison import Comparison, compare
from newspan.formats import read
from newspan.formats.standoff_lines import parse
from newspan.schema.model import LAYERS, Document
from trees import SHARED

MEASEVAL = SHARED / "measeval_double"
LAYER = {
    "Quantity": "number", "MeasuredEntity": "counted", "MeasuredProperty": "cue",
    "Qualifier": "quote",
}  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def measeval(folder: Path, *, hulls: bool) -> Iterator[Document]:
    """brat's files; the modifiers of a quantity stand in `unit`, in one string."""
    for path in sorted(folder.glob("*.ann")):
        lines, faults = parse(path.read_text(encoding="utf-8"))
        assert not faults
        modifiers = defaultdict(set)
        for attribute in lines.attributes:
            modifiers[attribute.target].add(attribute.value or attribute.type)
        spans = []
        for bound in lines.bounds:
            if bound.type in LAYER:
                places = bound.fragments
                if hulls:
                    places = [(places[0][0], places[-1][1])]
                own = {"unit": "+".join(sorted(modifiers[bound.id])) or "none"}
                given = own if bound.type == "Quantity" else {}
                spans.append(span(bound.id, LAYER[bound.type], *places, **given))
        length = len(path.with_suffix(".txt").read_text(encoding="utf-8"))
        yield document(spans, name=path.stem.lower(), length=length)


def doubly_annotated(*, hulls: bool) -> Comparison:
    sides = [list(measeval(MEASEVAL / f"annotator{n}", hulls=hulls)) for n in (1, 2)]
    return compare(passed(sides[0], "one"), passed(sides[1], "two"), FAST)


@pytest.mark.skipif(not MEASEVAL.is_dir(), reason="the double annotation is not here")
def test_measeval() -> None:
    found = doubly_annotated(hulls=True)
    assert len(found.articles) == 248
    made = figures(found)
    published = {
        "number": (0.873, 0.996), "counted": (0.462, 0.652),
        "cue": (0.575, 0.746), "quote": (0.202, 0.370),
    }  # fmt: skip
    for layer, (exact, overlap) in published.items():
        assert made["invented", "spans", layer, "exact f1"] == pytest.approx(exact, abs=5e-4)
        assert made["invented", "spans", layer, "overlap f1"] == pytest.approx(overlap, abs=5e-4)


@pytest.mark.skipif(not MEASEVAL.is_dir(), reason="the double annotation is not here")
def test_measeval_by_fragments_and_its_modifiers() -> None:
    """One quantity has the same hull and other fragments: exactly that pair is lost."""
    hulls, fragments = (doubly_annotated(hulls=h) for h in (True, False))
    counts = [
        next(r.counts for r in c.blocks[0].spans if r.key == ("number",))
        for c in (hulls, fragments)
    ]
    assert [c[2] for c in counts] == [213, 212]
    assert kappa_of_units(fragments) == pytest.approx(0.78, abs=5e-3)


@pytest.mark.skipif(not MEASEVAL.is_dir(), reason="the double annotation is not here")
def test_measeval_as_it_is_imported() -> None:
    """Modifiers that mean the same are attributes; spans are in fragments, as in the files."""
    sides = [list(read(MEASEVAL / f"annotator{n}", "measeval")) for n in (1, 2)]
    found = compare(passed(sides[0], "one"), passed(sides[1], "two"), FAST)
    made = figures(found)
    rows = {r.key: r.counts for r in found.blocks[0].spans}
    assert rows["number",][2] == 212
    assert made["press", "spans", "number", "overlap f1"] == pytest.approx(0.996, abs=5e-4)
    assert made["press", "spans", "counted", "exact f1"] == pytest.approx(0.462, abs=5e-4)


def kappa_of_units(found: Comparison) -> float:
    from nltk.metrics.agreement import AnnotationTask

    from newspan.annotations.compare.attributes import answers

    of_numbers = found.sides[0].layer[found.pairs.a] == list(LAYERS).index("number")
    own = found.pairs.of(found.pairs.exact & of_numbers)
    x, y = answers(*found.sides, own, "number", "unit")
    data = [(c, n, v) for c, side in (("a", x), ("b", y)) for n, v in enumerate(side.tolist())]
    return float(AnnotationTask(data=data).kappa())


TYPES = ("person", "state", "group")
_PLACES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(TYPES)), max_size=7
)


def evaluated(a: list[tuple[int, int, str]], b: list[tuple[int, int, str]]) -> dict[str, object]:
    """nervaluate's results; its ends are inclusive."""
    nervaluate = pytest.importorskip("nervaluate", reason="make lock has not been run")
    rows = [[[{"label": t, "start": s, "end": e - 1} for s, e, t in side]] for side in (a, b)]
    overall: dict[str, object] = nervaluate.Evaluator(*rows, tags=list(TYPES)).evaluate()["overall"]
    return overall


def ours(a: list[tuple[int, int, str]], b: list[tuple[int, int, str]]) -> Comparison:
    return compared(
        *(
            [document(span(f"{n}", "actor", (s, e), type=t) for n, (s, e, t) in enumerate(side))]
            for side in (a, b)
        )
    )


@given(st.lists(st.tuples(
    st.booleans(), st.integers(0, 2), st.integers(3, 5), st.sampled_from(TYPES),
    st.booleans(), st.integers(0, 2), st.integers(3, 5), st.sampled_from(TYPES),
), min_size=1, max_size=12))  # fmt: skip
def test_nervaluate_gives_the_same_where_spans_lie_apart(cells: list[tuple[object, ...]]) -> None:
    """No span overlaps two: then taking the first, as it does, is as good as taking the best."""
    sides: list[list[tuple[int, int, str]]] = [[], []]
    for number, cell in enumerate(cells):
        for side, (there, start, end, label) in zip(sides, (cell[:4], cell[4:]), strict=True):
            if there:
                side.append((number * 10 + start, number * 10 + end, label))  # type: ignore[operator, arg-type]
    if not sides[0] or not sides[1]:
        return
    theirs, made = evaluated(*sides), figures(ours(*sides))
    for scheme, name in (("strict",) * 2, ("exact",) * 2, ("partial",) * 2, ("type", "ent_type")):
        for figure in ("precision", "recall", "f1"):
            found = made["invented", "spans", "actor", f"{scheme} {figure}"]
            assert found == pytest.approx(getattr(theirs[name], figure)), (scheme, figure)


@given(_PLACES, _PLACES)
def test_nervaluate_never_finds_more(
    a: list[tuple[int, int, str]], b: list[tuple[int, int, str]]
) -> None:
    a, b = ([(s, s + n, t) for s, n, t in side] for side in (a, b))
    if not a or not b:
        return
    theirs = evaluated(a, b)
    counts = ours(a, b).blocks[0].spans[0].counts
    assert counts[2] >= theirs["exact"].correct  # type: ignore[attr-defined]
    assert counts[4] >= theirs["strict"].correct  # type: ignore[attr-defined]
