"""What a comparison must say of itself before any figure: whose annotations, of which articles."""

from __future__ import annotations

from collections.abc import Iterator

from newspan.annotations.compare.comparison import Comparison
from newspan.annotations.compare.passes import Pass

__all__ = ["agreement_heading", "score_heading"]

_SHOWN = 5


def agreement_heading(found: Comparison) -> list[str]:
    """The lines above figures of agreement."""
    a, b = found.a, found.b
    lines = [f"Agreement {_between(a, b)}", f"A: {a}, {a.path}", f"B: {b}, {b.path}"]
    if a.kinds | b.kinds != {"human"}:
        lines.append(
            "Models took part: this says how alike the passes are, not how right; "
            "it is not agreement between people."
        )
    if set(a.names) & set(b.names):
        lines.append(
            "Both passes have an annotator in common: what the same annotator marks twice is "
            "more alike than what two mark apart."
        )
    if "adjudicated" in a.statuses | b.statuses:
        lines.append(
            "One of them is adjudicated: whoever adjudicates has seen passes, so that this is "
            "no agreement of annotators who worked apart."
        )
    return [*lines, *_scope(found, ("A", "B"))]


def score_heading(found: Comparison) -> list[str]:
    """The lines above the figures of a score."""
    gold, predicted = found.a, found.b
    lines = [
        f"Score of {predicted} against {gold}",
        f"GOLD: {gold.path}, {_kinds(gold)} annotation, {_statuses(gold)}",
        f"PRED: {predicted.path}, {_kinds(predicted)} annotation, {_statuses(predicted)}",
    ]
    if "model" in gold.kinds:
        lines.append(
            "The gold annotation was made by a model: a score says how near to that model the "
            "predictions are."
        )
    return [*lines, *_scope(found, ("GOLD", "PRED"))]


def _between(a: Pass, b: Pass) -> str:
    kinds = _kinds(a), _kinds(b)
    if kinds[0] == kinds[1]:
        return f"between two {kinds[0]} passes"
    return f"between a {kinds[0]} and a {kinds[1]} pass"


def _kinds(one: Pass) -> str:
    if one.kinds == {"model"}:
        return "machine"
    if one.kinds == {"human"}:
        return "human"
    return "mixed human and machine" if one.kinds else "nobody's"


def _statuses(one: Pass) -> str:
    words = {"adjudicated": "adjudicated", "pass": "a single pass", "prediction": "a prediction"}
    return " and ".join(words[s] for s in sorted(one.statuses) if s in words)


def _scope(found: Comparison, sides: tuple[str, str]) -> Iterator[str]:
    """Which articles are compared, what is left out, and how intervals are made."""
    a, b = sides
    yield f"{_counted(len(found.articles), 'article')} compared"
    if not any(block.spans for block in found.blocks):
        yield "Neither of them has any spans"
    if found.missing:
        missed = (
            f"not in {b}; they count as ones in which it marks nothing"
            if found.asked.count_missing
            else f"in {a} only; left out"
        )
        yield f"{_counted(len(found.missing), 'article')} {missed}: {_some(found.missing)}"
    if found.extra:
        count = _counted(len(found.extra), "article")
        yield f"{count} in {b} only; left out: {_some(found.extra)}"
    for path, held in {found.a.path: found.a.left, found.b.path: found.b.left}.items():
        if left := [_counted(n, what) for what, n in sorted(held.items()) if n]:
            yield f"Not compared in {path}: {', '.join(left)}"
    times, seed = found.asked.resampling
    if times:
        yield (
            f"Intervals: 95 %, percentile bootstrap over articles, {times:,} times, seed {seed}; "
            "with few articles they are too narrow"
        )


def _counted(n: int, what: str) -> str:
    words = {"skipped": "skipped task"}
    return f"{n:,} {words.get(what, what)}{'' if n == 1 else 's'}"


def _some(names: list[str]) -> str:
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {rest:,} more" if rest > 0 else "")
