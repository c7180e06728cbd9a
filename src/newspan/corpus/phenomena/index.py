"""The index: every span of every document under the phenomena that it shows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newspan.corpus.claims import Question
from newspan.corpus.phenomena.reading import Reading
from newspan.corpus.phenomena.rules import PHENOMENA, Stretch
from newspan.schema.model import SPLITS, Document

__all__ = ["Entry", "counts_markdown", "index", "index_csv", "meanings"]

CONFLICT = "conflicting-figure"
_CONFLICT_MEANING = "a figure that another of the same question excludes"


class Entry(NamedTuple):
    """What shows a phenomenon. Offsets are half-open code points, of a span its hull.

    `span_id` is empty for a stretch of a text that is noted without a span.
    """

    phenomenon: str
    split: str
    article_id: str
    span_id: str
    start: int
    end: int


def meanings() -> dict[str, str]:
    """Every phenomenon with what it is, in the order of the tables."""
    return {name: p.meaning for name, p in PHENOMENA.items()} | {CONFLICT: _CONFLICT_MEANING}


def index(documents: Iterable[Document], asked: Iterable[Question] = ()) -> list[Entry]:
    """The entries of all documents, by phenomenon, then by article and place.

    `asked` are the questions that the claims of the stories answer; only they tell which
    figures exclude each other.
    """
    pairs = (pair for question in asked for pair in question.contradictions)
    excluded = frozenset(claim["id"] for pair in pairs for claim in pair)
    found = [entry for d in documents for entry in _entries(d, excluded)]
    order = {name: at for at, name in enumerate(meanings())}
    return sorted(found, key=lambda e: (order[e.phenomenon], e.article_id, e.start, e.span_id))


def _entries(document: Document, conflicting: frozenset[str]) -> Iterator[Entry]:
    about = document.article
    reading = Reading(document)
    found = [(name, span) for name, p in PHENOMENA.items() for span in p.find(reading)]
    found += [(CONFLICT, span) for span in document.spans if span.id in conflicting]
    for name, span in found:
        own = "" if isinstance(span, Stretch) else span.id
        yield Entry(name, about.split or "", about.id, own, span.start, span.end)


def index_csv(entries: Sequence[Entry]) -> str:
    """The index as a table of commas, without any word of a text."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(Entry._fields)
    writer.writerows(entries)
    return sheet.getvalue()


def counts_markdown(entries: Sequence[Entry]) -> str:
    """How often each phenomenon is met, in all and by split, and in how many articles."""
    by_split = Counter((e.phenomenon, e.split) for e in entries)
    totals = Counter(e.phenomenon for e in entries)
    articles = Counter(name for name, _ in {(e.phenomenon, e.article_id) for e in entries})
    header = ("phenomenon", "what it is", "times", "articles", *SPLITS)
    lines = [f"| {' | '.join(header)} |", f"|---|---|{'---:|' * (len(header) - 2)}"]
    for name, meaning in meanings().items():
        counts = (totals[name], articles[name], *(by_split[name, s] for s in SPLITS))
        lines.append(f"| `{name}` | {meaning} | {' | '.join(map(str, counts))} |")
    return "\n".join([*lines, ""])
