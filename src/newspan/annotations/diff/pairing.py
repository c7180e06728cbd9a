"""Which span of an article's new annotation is which of its old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from newspan.annotations.diff.shift import Shift
from newspan.schema.model import AnySpan, Document, Fragment, layer_of

__all__ = ["Pair", "paired"]

Pair = tuple[AnySpan | None, AnySpan | None]
"""A span before and after; None where it came or went."""


def paired(old: Document, new: Document, shift: Shift) -> Iterator[Pair]:
    """The spans of both, each once, in the order of the text.

    The same id is the same span. Of the rest, spans at the same place are, first those of the
    same layer; then, within a layer, those that overlap most.
    """
    before, after = ({s.id: s for s in d.spans} for d in (old, new))
    pairs: list[Pair] = []

    def join(old_key: Callable[[AnySpan], Any], new_key: Callable[[AnySpan], Any]) -> None:
        waiting: dict[Any, list[AnySpan]] = {}
        for span in after.values():
            waiting.setdefault(new_key(span), []).append(span)
        for span in list(before.values()):
            found = waiting.get(old_key(span))
            if found:
                take(span, found.pop(0))

    def take(span: AnySpan, mate: AnySpan) -> None:
        pairs.append((span, mate))
        del before[span.id], after[mate.id]

    def place(span: AnySpan) -> tuple[Fragment, ...]:
        return tuple(map(shift.fragment, span.fragments))

    join(lambda s: s.id, lambda s: s.id)
    join(lambda s: (layer_of(s), place(s)), lambda s: (layer_of(s), s.fragments))
    join(place, lambda s: s.fragments)
    for span, mate in _overlapping(list(before.values()), list(after.values()), place):
        take(span, mate)
    pairs += [(span, None) for span in before.values()] + [(None, s) for s in after.values()]
    return iter(sorted(pairs, key=lambda pair: _order(pair, place)))


def _order(pair: Pair, place: Callable[[AnySpan], tuple[Fragment, ...]]) -> tuple[int, int, str]:
    old, new = pair
    if new is not None:
        return new.start, new.end, new.id
    assert old is not None  # noqa: S101 -- one of the two is given
    parts = place(old)
    return parts[0].start, parts[-1].end, old.id


def _overlapping(
    before: Sequence[AnySpan],
    after: Sequence[AnySpan],
    place: Callable[[AnySpan], tuple[Fragment, ...]],
) -> list[tuple[AnySpan, AnySpan]]:
    """Pairs of one layer that share characters, the largest share first, each span once."""
    shares = []
    for span in before:
        parts = place(span)
        for mate in after:
            if layer_of(mate) == layer_of(span) and (share := _share(parts, mate.fragments)):
                shares.append((share, span, mate))
    chosen: list[tuple[AnySpan, AnySpan]] = []
    taken: set[str] = set()
    for _, span, mate in sorted(shares, key=lambda s: (-s[0], s[1].id, s[2].id)):
        names = {f"old {span.id}", f"new {mate.id}"}
        if not names & taken:
            taken |= names
            chosen.append((span, mate))
    return chosen


def _share(a: Sequence[Fragment], b: Sequence[Fragment]) -> float:
    """Characters that both have over those that either has."""
    both = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    either = sum(x.end - x.start for x in (*a, *b)) - both
    return both / either if either else 0.0
