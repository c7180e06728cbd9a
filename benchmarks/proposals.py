"""The proposer against the bare spaCy pipeline, in words a second."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from newspan.annotations.propose.language import language_model, parsed
from newspan.annotations.propose.whole import draft

_LEAST_WORDS = 20_000
_ROUNDS = 5


def words_a_second(texts: Sequence[str], model: str) -> tuple[float, float]:
    """(share of the bare pipeline's speed, words a second), medians of rounds taken in turn."""
    nlp = language_model(model)
    words = sum(len(text.split()) for text in texts)
    many = list(texts) * -(-_LEAST_WORDS // words)

    def bare() -> None:
        for _ in parsed(nlp, many):
            pass

    def proposing() -> None:
        for doc in parsed(nlp, many):
            draft(doc, nlp)

    proposing()  # word lists and gazetteer are read once
    times = [(_timed(bare), _timed(proposing)) for _ in range(_ROUNDS)]
    seconds = statistics.median(own for _, own in times)
    share = statistics.median(floor / own for floor, own in times)
    return share, sum(len(text.split()) for text in many) / seconds


def _timed(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
