"""Reading brat's files: the `.ann` file wins over what our notes say beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_article
from newspan.formats.beyond import article_of, given
from newspan.formats.brat.lines import BREAKS, FIELDS, OWN, REMARK, Places, flat, joined, pieces
from newspan.formats.drafts import Draft, Names, is_span_id, quoted
from newspan.formats.standoff_lines import Bound, Lines, Pair, parse
from newspan.schema.fields import typed
from newspan.schema.model import Document

__all__ = ["decode"]


def decode(pairs: Iterable[Pair], left_out: Counter[str] | None = None) -> Iterator[Document]:
    """The document of each pair of files.

    `left_out` counts what the model has no place for: entities of other databases, and notes
    that are about something else than a span. Raises DocumentError with all the faults of a
    document.
    """
    names = Names()
    counts: Counter[str] = Counter() if left_out is None else left_out
    for pair in pairs:
        lines, faults = parse(pair.ann)
        draft = _draft(pair, names)
        for fault in faults:
            draft.fault(fault.message, fault.remedy, line=fault.line)
        said = _said(draft, lines)
        labels = _labels(draft, lines)
        _spans(draft, lines, said, labels)
        _leftovers(lines, counts)
        for arc in lines.arcs:
            draft.relate(arc.id, arc.type, arc.first, arc.second, arc.line)
        yield draft.document()


def _draft(pair: Pair, names: Names) -> Draft:
    name = names.of(pair.name, pair.text, pair.path)
    if pair.about is None:
        return Draft(bare_article(name, pair.text), pair.path)
    try:
        article = article_of(msgspec.json.decode(pair.about), pair.text)
        if article.id != pair.name:
            message = f"its side file is about {article.id}."
            raise DocumentError(Fault(message, "Name both alike.", article_id=name))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message, remedy = f"its side file is no JSON: {error}.", "Remove it, or write it again."
        raise DocumentError(Fault(message, remedy, pair.path, name)) from error
    except DocumentError as error:
        place = None if pair.path is None else pair.path.with_name(f"{pair.name}.newspan.json")
        raise DocumentError(*(replace(f, path=place) for f in error.faults)) from error
    return Draft(article, pair.path)


def _said(draft: Draft, lines: Lines) -> dict[str, dict[str, Any]]:
    """What the note `newspan` of each span says."""
    found: dict[str, dict[str, Any]] = {}
    for note in lines.notes:
        if note.type != OWN:
            continue
        try:
            said = msgspec.json.decode(note.text, type=dict[str, Any])
        except (ValueError, RecursionError):
            message = f"the note {note.id} is no JSON object."
            draft.fault(message, "Remove the note, or mend it.", note.target, note.line)
            continue
        if note.target in found:
            draft.fault("has two notes newspan.", "Keep one.", note.target, note.line)
        found[note.target] = said
    return found


def _labels(draft: Draft, lines: Lines) -> dict[str, dict[str, Any]]:
    """The attributes of each span, of A and N lines, by their names in brat."""
    found: dict[str, dict[str, Any]] = {}
    spans = {bound.id for bound in lines.bounds}
    stated = [(line.id, line.target, line.line) for line in lines.attributes]
    stated += [(line.id, line.target, line.line) for line in lines.normalizations]
    for name, target, number in stated:
        if target not in spans:
            message = f"{name} is about {quoted(target)}, which is no span here."
            draft.fault(message, "Take it out, or mark the span again.", line=number)
    for line in lines.attributes:
        own = found.setdefault(line.target, {})
        if line.type not in FIELDS:
            message = f"the attribute {quoted(line.type)} is none of the model."
            draft.fault(message, "They are named as in annotation.conf.", line.target, line.line)
        elif line.type in own:
            draft.fault(f"has {line.type} twice.", "Keep one.", line.target, line.line)
        own[line.type] = True if line.value is None else line.value
    for norm in lines.normalizations:
        if norm.database == OWN:
            found.setdefault(norm.target, {})["entity"] = norm.entry
    return found


def _spans(
    draft: Draft,
    lines: Lines,
    said: Mapping[str, dict[str, Any]],
    labels: Mapping[str, dict[str, Any]],
) -> None:
    text = str(draft.article.text)
    notes = _notes(lines)
    for bound in lines.bounds:
        found = draft.layer(bound.id, bound.type, bound.line)
        if found is None:
            continue
        layer, type_ = found
        beside = said.get(bound.id, {})
        own = given(beside, layer) | typed(layer, type_)
        own |= _labelled(draft, bound, layer, labels.get(bound.id, {}))
        own["note"], exact = notes.get(bound.id), beside.get("note")
        if isinstance(exact, str) and flat(exact) == (own["note"] or ""):
            own["note"] = exact
        _check_words(draft, bound, text)
        places = _fragments(beside.get("fragments"), bound.fragments, text)
        span_id = beside.get("id") if is_span_id(beside.get("id"), draft.article.id) else None
        draft.add(bound.id, layer, places, own, span_id, line=bound.line)


def _labelled(
    draft: Draft, bound: Bound, layer: str, labels: Mapping[str, Any]
) -> dict[str, Any]:  # fmt: skip
    """The attributes that A and N lines say; one of another layer is a fault."""
    own: dict[str, Any] = {}
    for name, value in labels.items():
        if name == "entity":
            own[name] = value
        elif name in FIELDS and FIELDS[name][0] == layer:
            own[FIELDS[name][1].name] = value
        elif name in FIELDS:
            message = f"is {quoted(bound.type)} but has the attribute {name}."
            draft.fault(message, "Take the attribute out.", bound.id, bound.line)
    return own


def _check_words(draft: Draft, bound: Bound, text: str) -> None:
    """Note words that are not in the text; a line break may be written as a space."""
    there = " ".join(text[start:end] for start, end in bound.fragments)
    if bound.words in (None, there, re.sub(f"[{BREAKS}]", " ", there)):
        return
    message = f"its words are {quoted(str(bound.words))} but the text has {quoted(there)} there."
    remedy = "Offsets are code points, end exclusive: mark the span again."
    draft.fault(message, remedy, bound.id, bound.line)


def _notes(lines: Lines) -> dict[str, str]:
    """What a person noted of each span."""
    found: dict[str, list[str]] = defaultdict(list)
    for note in lines.notes:
        if note.type == REMARK and note.text:
            found[note.target].append(note.text)
    return {target: "\n".join(texts) for target, texts in found.items()}


def _fragments(own: Any, marked: Places, text: str) -> list[tuple[int, int]]:
    """The fragments that the note has, where they are still those marked; else the marked."""
    try:
        noted = msgspec.convert(own, list[tuple[int, int]]) if own is not None else []
    except msgspec.ValidationError:
        noted = []
    return noted if noted and pieces(noted, text) == list(marked) else joined(marked, text)


def _leftovers(lines: Lines, counts: Counter[str]) -> None:
    spans = {bound.id for bound in lines.bounds}
    for norm in lines.normalizations:
        counts["entities of other databases"] += norm.database != OWN
    for note in lines.notes:
        about_span = note.target in spans and note.type in (REMARK, OWN)
        counts["notes that are not about a span"] += not about_span
