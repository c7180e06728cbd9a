"""How varied the wording is: repeated five-grams, repeated openings, verbs of saying.

A text written for a corpus can fall into a mould. Three measures show it, each beside real news
of the same amount, since more text repeats itself more:

- of all five words in a row, how many occur in another story too;
- of all articles, how many open with the same three words as another;
- of all cues, how many are the commonest, and how many different ones there are.

Of each group half of what the smaller one has is drawn, many times over. The mean is given, and for
the real news between what bounds nineteen of twenty draws fell: within them a difference says
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newspan.errors import Fault, NewspanError
from newspan.schema.model import Cue, Document, Location

__all__ = ["DRAWS", "MEASURES", "Comparison", "compare_wording"]

DRAWS = 200
"""How many times as much is drawn."""
_PART = 0.5
"""Share of the smaller group that a draw takes, so that draws differ."""
_BOUNDS = (2.5, 97.5)
_GRAM, _OPENING = 5, 3
_WORD = re.compile(r"[\w’'.-]*\w")


class _Report(NamedTuple):
    """What the measures need of one article."""

    story: int
    grams: NDArray[np.int64]
    opening: int
    cues: NDArray[np.int64]


class Comparison(NamedTuple):
    """One measure of a group beside that of the real news at the same size."""

    group: str
    measure: str
    size: int
    """Words, articles or cues in each draw."""
    value: float
    real: float
    bounds: tuple[float, float]
    """Percentiles 2.5 and 97.5 of the draws from the real news."""
    high_is_varied: bool

    @property
    def worse(self) -> bool:
        """Whether the group is less varied than nearly every draw from the real news."""
        low, high = self.bounds
        return self.value < low if self.high_is_varied else self.value > high


class _Measure(NamedTuple):
    size: Callable[[_Report], int]
    """How much of what is drawn an article has."""
    value: Callable[[Sequence[_Report], int], float]
    high_is_varied: bool = False


def _repeated_grams(drawn: Sequence[_Report], _: int) -> float:
    stories = np.concatenate([np.full(r.grams.size, r.story) for r in drawn])
    grams = np.concatenate([r.grams for r in drawn])
    pairs = np.unique(np.stack([grams, stories]), axis=1)
    kinds, stories_of = np.unique(pairs[0], return_counts=True)
    shared = stories_of[np.searchsorted(kinds, grams)] > 1
    return float(shared.mean())


def _repeated_openings(drawn: Sequence[_Report], _: int) -> float:
    found, counts = np.unique([r.opening for r in drawn], return_counts=True)
    return float(counts[counts > 1].sum() / counts.sum()) if found.size else 0.0


def _cues(drawn: Sequence[_Report], size: int) -> NDArray[np.int64]:
    """How often each cue occurs, the commonest first, in the first `size` of those drawn."""
    counts = np.unique(np.concatenate([r.cues for r in drawn])[:size], return_counts=True)[1]
    return np.sort(counts)[::-1]


MEASURES: dict[str, _Measure] = {
    "five-grams met in another story": _Measure(lambda r: r.grams.size, _repeated_grams),
    "openings of three words met twice": _Measure(lambda _: 1, _repeated_openings),
    "share of the commonest cue": _Measure(
        lambda r: r.cues.size, lambda drawn, n: float(_cues(drawn, n)[:1].sum() / n)
    ),
    "different cues, per cue": _Measure(
        lambda r: r.cues.size, lambda drawn, n: _cues(drawn, n).size / n, high_is_varied=True
    ),
}
"""Name of a measure to what it takes; all are shares between 0 and 1."""


def compare_wording(
    documents: Iterable[Document], real: str = "wikinews", seed: int = 0
) -> list[Comparison]:
    """Every group of articles by origin beside the articles of origin `real`.

    Articles without their text are left out. Raises NewspanError where no real article has
    its text, or no other has.
    """
    groups: dict[str, list[Document]] = {}
    for document in documents:
        if document.article.text:
            groups.setdefault(document.article.origin, []).append(document)
    if real not in groups or len(groups) == 1:
        missing = f"articles of origin {real}" if real not in groups else "articles of other origin"
        raise NewspanError(
            Fault(f"there are no {missing} with their text.",
                  "Put the owners' texts in place with `newspan hydrate` and name the folder "
                  "with --hydrated.")
        )  # fmt: skip
    read = _Reader()
    reports = {origin: [read(d) for d in own] for origin, own in groups.items()}
    return [
        made
        for origin, own in reports.items()
        if origin != real
        for made in _beside(origin, own, reports[real], seed)
    ]


def _beside(
    group: str, own: Sequence[_Report], real: Sequence[_Report], seed: int
) -> Iterable[Comparison]:
    for name, measure in MEASURES.items():
        smaller = min(sum(map(measure.size, own)), sum(map(measure.size, real)))
        size = int(_PART * smaller)
        if size:
            mean = float(_draws(measure, own, size, seed).mean())
            drawn = _draws(measure, real, size, seed)
            low, high = np.percentile(drawn, _BOUNDS)
            bounds = float(low), float(high)
            yield Comparison(group, name, size, mean, float(drawn.mean()), bounds,
                             measure.high_is_varied)  # fmt: skip


def _draws(
    measure: _Measure, reports: Sequence[_Report], size: int, seed: int
) -> NDArray[np.float64]:
    """A measure over draws of so much, article by article in random order."""
    random = np.random.default_rng(seed)
    sizes = np.array([measure.size(r) for r in reports])
    found = []
    for _ in range(DRAWS):
        order = random.permutation(len(reports))
        enough = int(np.searchsorted(np.cumsum(sizes[order]), size)) + 1
        found.append(measure.value([reports[at] for at in order[:enough]], size))
    return np.array(found)


class _Reader:
    """Documents to reports; equal words get equal numbers."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}

    def _number(self, of: object) -> int:
        return self._numbers.setdefault(of, len(self._numbers))

    def __call__(self, document: Document) -> _Report:
        text = document.article.text or ""
        words = [m.group().casefold() for m in _WORD.finditer(text)]
        grams = [self._number(g) for g in zip(*(words[n:] for n in range(_GRAM)), strict=False)]
        opening = [m.group().casefold() for m in _WORD.finditer(text[_body(document) :][:200])]
        cues = [self._number(("cue", (s.text or "").casefold())) for s in document.spans
                if isinstance(s, Cue)]  # fmt: skip
        return _Report(
            self._number(("story", document.article.story)),
            np.array(grams, np.int64),
            self._number(tuple(opening[:_OPENING])),
            np.array(cues, np.int64),
        )


def _body(document: Document) -> int:
    """Where a report begins after its dateline, which is repeated on purpose."""
    text = document.article.text or ""
    ends = [s.end for s in document.spans if isinstance(s, Location) and s.dateline]
    if not ends:
        return 0
    dash = re.compile(r"[^\n]*?(?:[–—:-]|\.) ").match(text, max(ends))
    return dash.end() if dash else max(ends)
