"""MeasEval's annotation of quantities, as brat files; only read.

Source: Harper et al., SemEval-2021 Task 8 (https://github.com/harperco/MeasEval). What means
the same in the model is read, and the rest is left out and counted by its name:

    Quantity                                      number; IsCount is the kind count
    IsApproximate, IsRange                        modifier approximate, range
    MeasuredEntity                                counted
    HasQuantity of a MeasuredEntity to a Quantity counts, from the number to the counted

A MeasuredProperty, a Qualifier and a Unit are spans that no layer has; a HasQuantity of a
property says what is measured, not what is counted. Modifiers that the model has not stand in
the note of the number. Numbers have no value: the files give none. The annotator is named after
the folder: MeasEval annotator1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from newspan.formats.bare import IMPORTED, bare_article
from newspan.formats.drafts import Draft, Names, is_span_id
from newspan.formats.slugs import slug
from newspan.formats.standoff_lines import Lines, Pair, parse
from newspan.schema.model import Document

__all__ = ["HOLDS", "decode"]

HOLDS = frozenset({"attributes", "discontinuous", "ids", "nested", "note", "relations"})

_LAYERS = {"Quantity": "number", "MeasuredEntity": "counted"}
_OTHERS = frozenset({"MeasuredProperty", "Qualifier", "Unit"})
_ARCS = ("HasQuantity", "HasProperty", "Qualifies")
_MODIFIERS = {"IsApproximate": "approximate", "IsRange": "range"}


def decode(pairs: Iterable[Pair], left_out: Counter[str] | None = None) -> Iterator[Document]:
    """The document of each pair of files; `left_out` counts what the model has not.

    Raises DocumentError with all the faults of a document.
    """
    names = Names()
    counts: Counter[str] = Counter() if left_out is None else left_out
    for pair in pairs:
        folder = "" if pair.path is None else pair.path.absolute().parent.name
        lines, faults = parse(pair.ann)
        article = bare_article(names.of(pair.name, pair.text, pair.path), pair.text)
        draft = Draft(article, pair.path)
        for fault in faults:
            draft.fault(fault.message, fault.remedy, line=fault.line)
        _spans(draft, lines, folder, counts)
        _arcs(draft, lines, counts)
        yield draft.document()


def _spans(draft: Draft, lines: Lines, folder: str, counts: Counter[str]) -> None:
    text = str(draft.article.text)
    modifiers: dict[str, list[str]] = defaultdict(list)
    for line in lines.attributes:
        modifiers[line.target].append(line.type if line.value is None else line.value)
    remarks: dict[str, list[str]] = defaultdict(list)
    for note in lines.notes:
        remarks[note.target].append(note.text)
    maker = {"annotator": f"MeasEval {folder}".strip()}
    for bound in lines.bounds:
        if bound.type in _OTHERS:
            counts[bound.type] += 1
            counts["notes"] += len(remarks[bound.id])
            counts.update(modifiers[bound.id])
            continue
        layer = _LAYERS.get(bound.type)
        if layer is None:
            known = ", ".join((*_LAYERS, *sorted(_OTHERS)))
            message = f"the label {bound.type[:60]!r} is none of MeasEval's."
            draft.fault(message, f"They are {known}.", bound.id, bound.line)
            continue
        own: dict[str, Any] = maker | _modified(modifiers[bound.id], layer, counts)
        said = [*([own["note"]] if "note" in own else []), *remarks[bound.id]]
        span_id = f"{draft.article.id}/{_pass(folder)}/{bound.id}"
        draft.add(
            bound.id, layer, bound.fragments, own | ({"note": "; ".join(said)} if said else {}),
            span_id if is_span_id(span_id, draft.article.id) else None,
            _words(bound.words, bound.fragments, text), bound.line,
        )  # fmt: skip


def _modified(modifiers: list[str], layer: str, counts: Counter[str]) -> dict[str, Any]:
    """The attributes that modifiers say; those that the model has not are a note."""
    own: dict[str, Any] = {}
    others = []
    for name in sorted(modifiers, reverse=True):  # of a range that is approximate, the range
        if layer == "number" and name == "IsCount":
            own["kind"] = "count"
        elif layer == "number" and name in _MODIFIERS and "modifier" not in own:
            own["modifier"] = _MODIFIERS[name]
        else:
            others.append(name)
    counts.update(others)
    return own | ({"note": ", ".join(sorted(others))} if others else {})


def _pass(folder: str) -> str:
    return slug(folder) or IMPORTED


def _words(
    stated: str | None, fragments: list[tuple[int, int]], text: str
) -> list[str] | None:  # fmt: skip
    """The words of each fragment, as the file has them: parted by one space each."""
    there = [text[start:end] for start, end in fragments]
    return None if stated is None else there if " ".join(there) == stated else [stated]


def _arcs(draft: Draft, lines: Lines, counts: Counter[str]) -> None:
    types = {bound.id: bound.type for bound in lines.bounds}
    for arc in lines.arcs:
        ends = (types.get(arc.first), types.get(arc.second))
        if arc.type not in _ARCS or None in ends:
            message = f"{arc.type[:60]} from {arc.first[:20]} to {arc.second[:20]} is no relation."
            remedy = f"MeasEval has {', '.join(_ARCS)}, between its spans."
            draft.fault(message, remedy, arc.id, arc.line)
        elif arc.type == "HasQuantity" and ends == ("MeasuredEntity", "Quantity"):
            draft.relate(arc.id, "counts", arc.second, arc.first, arc.line)
        elif arc.type == "HasQuantity":
            counts[f"HasQuantity of a {ends[0]} to a {ends[1]}"] += 1
        else:
            counts[arc.type] += 1
