"""GUM's CoNLL-U, read only: a first draft of actors and locations, made from its entities.

GUM, the Georgetown University Multilayer corpus (Amir Zeldes: "The GUM Corpus: Creating
Multilayer Resources in the Classroom", Language Resources and Evaluation 51(3), 2017,
doi:10.1007/s10579-016-9343-x), annotations CC BY 4.0. Files: `dep/*.conllu` of a release,
https://github.com/amir-zeldes/gum; tried on all reports and interviews from Wikinews in 11.1.

The spans are drafts in a pass of their own, "gum": people marked the entities, but by other
guidelines; a table (`mapping`) makes spans of them, and the annotator's name, "GUM (derived)",
says so. A span's note says which entity of GUM's it comes from and the page in Wikipedia, if
GUM links one. What is for an annotator to do: nominals and pronouns that are no source (A1),
types of organisations and places, places that act (A4), demonyms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from newspan.formats import naming
from newspan.formats.gum.brackets import mentions
from newspan.formats.gum.drafts import draft_span, without_crossing
from newspan.formats.gum.mapping import LEFT_OUT, Draft, drafted
from newspan.formats.gum.report import Layout, Place, article_of, laid_out, refuse_clash
from newspan.formats.gum.rows import Record, records
from newspan.schema.invariants import check
from newspan.schema.model import AnySpan, Article, Document

__all__ = ["HOLDS", "LEFT_OUT", "decode"]

HOLDS: frozenset[str] = frozenset()
"""Nothing: it is never written."""


def decode(
    files: Iterable[tuple[Path, str]], left_out: Counter[str] | None = None
) -> Iterator[Document]:
    """A document for each of GUM's, from the texts of its CoNLL-U files.

    `left_out` counts the mentions that become no span, in the terms of LEFT_OUT. Raises
    DocumentError, with file and line, for a file that is none of GUM's or broken, and where two
    documents get the same id.
    """
    counts: Counter[str] = Counter() if left_out is None else left_out
    seen: dict[str, str] = {}
    for path, text in files:
        made = (_document(record, path, seen, counts) for record in records(text, path))
        yield from naming(path, made)


def _document(
    record: Record, path: Path, seen: dict[str, str], left_out: Counter[str]
) -> Document:  # fmt: skip
    layout = laid_out(record.sentences)
    article = article_of(record.name, record.meta, layout.text)
    refuse_clash(record.name, article, seen)
    words = [row for rows in record.rows for row in rows]
    drafts: dict[tuple[str, tuple[Place, ...]], Draft] = {}
    for mention in mentions(record, path):
        draft = drafted(mention, words)
        fragments = () if isinstance(draft, str) else _fragments(draft, layout)
        if isinstance(draft, str):
            left_out[draft] += 1
        elif not fragments:
            left_out["headline"] += 1
        elif (draft.layer, fragments) in drafts:
            left_out["repeated"] += 1
        else:
            drafts[draft.layer, fragments] = draft
    spans = _spans(article, drafts, layout)
    kept = without_crossing(spans)
    left_out["crossing"] += len(spans) - len(kept)
    return check(Document(article=article, spans=kept), path)


def _fragments(draft: Draft, layout: Layout) -> tuple[Place, ...]:
    """Where a draft stands in the text; empty where any of it is in no paragraph of the text."""
    found: list[Place] = []
    for first, last in draft.runs:
        start, end = layout.places[first], layout.places[last]
        if start is None or end is None:
            return ()
        if found and start[0] <= found[-1][1]:  # parts within one written word touch
            found[-1] = (found[-1][0], max(end[1], found[-1][1]))
        else:
            found.append((start[0], end[1]))
    return tuple(found)


def _spans(
    article: Article, drafts: dict[tuple[str, tuple[Place, ...]], Draft], layout: Layout
) -> list[AnySpan]:
    numbers: Counter[str] = Counter()
    spans = []
    for (layer, fragments), draft in sorted(drafts.items(), key=lambda item: item[0][1]):
        numbers[layer] += 1
        given = dict(draft.given)
        if draft.title is not None:
            start, end = (layout.places[n] for n in draft.title)
            if start and end and "\n" not in (title := layout.text[start[0] : end[1]]):
                given["title"] = title
        spans.append(draft_span(article, layer, numbers[layer], fragments, given))
    return spans
