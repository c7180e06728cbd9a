"""The results of one Label Studio annotation, put together region by region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newspan.formats.label_studio.findings import Findings
from newspan.schema.labelling import CONTINUES, YES, Control, controls, label_of
from newspan.schema.model import LAYERS, RELATIONS

__all__ = ["Arc", "Region", "read_regions"]

Arc = tuple[str, str, str]
"""(head, label, tail) of a relation that points to the right."""

PROVENANCE = ("annotator", "annotator_kind", "status")
"""Fields of a span that one annotation has in common; exceptions stand on the region."""

_LABELS = {label_of(layer): layer for layer in LAYERS}
_RESULT_KEYS = frozenset(
    {"id", "from_name", "to_name", "type", "origin", "value", "meta", "score"}
)  # fmt: skip
_ARC_KEYS = frozenset({"type", "from_id", "to_id", "direction", "labels", "origin"})
_META_KEYS = frozenset({"text", "newspan"})
_OWN_KEYS = frozenset({*PROVENANCE, "derived_from"})
_PLACE_KEYS = frozenset({"start", "end", "text"})


class Region:
    """What the results with one id say."""

    __slots__ = ("attributes", "end", "extra", "layer", "notes", "start")

    def __init__(self, layer: str, start: int, end: int) -> None:
        self.layer = layer
        self.start = start
        self.end = end
        self.attributes: dict[str, Any] = {}
        self.notes: list[str] = []
        self.extra: dict[str, Any] = {}
        """Score, provenance and the source's span."""


def read_regions(results: Sequence[Any], found: Findings) -> tuple[dict[str, Region], list[Arc]]:
    """The regions and relations of the results: labels first, then the rest.

    An attribute may come before its label.
    """
    regions: dict[str, Region] = {}
    arcs, later = [], []
    for result in results:
        kind = result.get("type") if isinstance(result, dict) else None
        if kind == "labels":
            _label(result, regions, found)
        elif kind == "relation":
            arcs.append(result)
        elif kind in ("choices", "textarea", "number"):
            later.append(result)
        else:
            found.keep(_id(result), "result", result)
            message = f"a result of type {kind!r} is not read."
            found.fault(message, "It is kept aside.", _id(result))
    for result in later:
        _attribute(result, regions, found)
    return regions, [arc for result in arcs for arc in _arcs(result, regions, found)]


def _id(result: Any, key: str = "id") -> str | None:
    """The region a result is of. Label Studio turns whole numbers into text, so do we."""
    value = result.get(key) if isinstance(result, dict) else None
    if type(value) is int and abs(value) < 2**63:
        return str(value)
    return value if isinstance(value, str) and value else None


def _label(result: Mapping[str, Any], regions: dict[str, Region], found: Findings) -> None:
    region = _id(result)
    value = result.get("value")
    problem = _label_problem(result, region, regions)
    if problem is not None or region is None or not isinstance(value, dict):
        found.fault(*(problem or ("", "")), region)
        found.keep(region, "region", result)
        return
    made = Region(_LABELS[value["labels"][0]], value["start"], value["end"])
    regions[region] = made
    if result.get("score") is not None:
        made.extra["score"] = result["score"]
    _meta(result, region, made, found)
    found.keep_unknown(region, result, _RESULT_KEYS)
    found.keep_unknown(region, value, _PLACE_KEYS | {"labels"})


def _label_problem(
    result: Mapping[str, Any], region: str | None, regions: Mapping[str, Region]
) -> tuple[str, str] | None:
    """(what is wrong, what to do) with a result that marks a region, or None."""
    value = result.get("value")
    if region is None:
        return f"a region has the id {result.get('id')!r}.", "Mark it again."
    if not isinstance(value, dict):
        return "has no value.", "Mark it again."
    for key, wanted in (("from_name", "span"), ("to_name", "text")):
        if result.get(key, wanted) != wanted:
            return (
                f"{key} is {result[key]!r}, which our configuration has not.",
                "It is kept aside; mark it with the newspan configuration.",
            )
    start, end, labels = value.get("start"), value.get("end"), value.get("labels")
    if type(start) is not int or type(end) is not int:
        return f"start and end are {start!r} and {end!r}.", "They must be whole numbers."
    if not isinstance(labels, list) or len(labels) != 1:
        count = len(labels) if isinstance(labels, list) else 0
        return f"has {count} labels.", "Give it exactly one."
    if not isinstance(labels[0], str) or labels[0] not in _LABELS:
        return f"has the unknown label {labels[0]!r}.", f"Labels: {', '.join(_LABELS)}."
    if region in regions:
        return "two regions have this id.", "Give each its own."
    return None


def _meta(result: Mapping[str, Any], region: str, target: Region, found: Findings) -> None:
    """Notes and our own provenance of a region; Label Studio copies them to each result."""
    meta = result.get("meta")
    if meta is None:
        return
    if not isinstance(meta, dict):
        found.keep(region, "meta", meta)
        return
    notes = meta.get("text")
    if notes is not None:
        texts = notes if isinstance(notes, list) else [notes]
        note = "\n".join(map(str, texts))
        if texts and note not in target.notes:
            target.notes.append(note)
    own = meta.get("newspan")
    if isinstance(own, dict):
        target.extra |= {key: own[key] for key in _OWN_KEYS & own.keys()}
        found.keep_unknown(region, own, _OWN_KEYS, "newspan.")
    elif own is not None:
        found.keep(region, "newspan", own)
    found.keep_unknown(region, meta, _META_KEYS)


def _attribute(result: Mapping[str, Any], regions: Mapping[str, Region], found: Findings) -> None:
    region, name = _id(result), str(result.get("from_name"))
    control = controls().get(name)
    target = regions.get(region or "")
    if control is None or region is None or target is None:
        if control is not None:
            found.fault(f"{name} stands without its region.", "Mark the region.", region)
        found.keep(region, name, result.get("value"))
        return
    problem = _answer_problem(result, control, target)
    if problem is not None:
        found.fault(*problem, region)
        found.keep(region, name, result.get("value"))
        return
    answer = _answer(result, control)
    target.attributes[control.field.name] = True if control.field.base is bool else answer
    _meta(result, region, target, found)
    found.keep_unknown(region, result, _RESULT_KEYS, f"{name}.")
    found.keep_unknown(region, result["value"], _PLACE_KEYS | {control.tag}, f"{name}.")
    if result.get("score") not in (None, target.extra.get("score")):
        found.keep(region, f"{name}.score", result["score"])


def _answer_problem(
    result: Mapping[str, Any], control: Control, target: Region
) -> tuple[str, str] | None:
    """(what is wrong, what to do) with an attribute of a region, or None."""
    name = control.name
    if target.layer != control.layer:
        return f"{name} stands on a {target.layer}.", "Remove the attribute."
    if result.get("to_name", "text") != "text":
        return f"{name} is about {result['to_name']!r}.", "Fill in the form of the text."
    answer = _answer(result, control)
    if answer is None:
        return f"{name} has no single answer.", "Give one answer."
    if control.field.base is bool and answer != YES:
        return f"{name} is {answer!r}.", f"It is {YES} or left empty."
    value = True if control.field.base is bool else answer
    if target.attributes.get(control.field.name, value) != value:
        return f"{name} is answered twice.", "Give one answer."
    return None


def _answer(result: Mapping[str, Any], control: Control) -> str | None:
    """The one answer of a choice or text field, without white space at its edges.

    Never `value.text` of a choice, which is the words of the region.
    """
    value = result.get("value")
    key = "choices" if control.tag == "choices" else "text"
    answers = value.get(key) if isinstance(value, dict) else None
    if isinstance(answers, str):
        answers = [answers]
    if not isinstance(answers, list) or len(answers) != 1 or not isinstance(answers[0], str):
        return None
    return answers[0].strip() or None


def _arcs(arc: Mapping[str, Any], regions: Mapping[str, Region], found: Findings) -> Iterator[Arc]:
    """An arc for each label of a relation."""
    head, tail = _id(arc, "from_id"), _id(arc, "to_id")
    direction = arc.get("direction")
    if direction == "left":
        head, tail = tail, head
    labels = arc.get("labels")
    problem: tuple[str, str] | None = None
    if direction not in ("right", "left", None):
        problem = f"the relation to {tail} has the direction {direction!r}.", "Give it one."
    elif head not in regions or tail not in regions:
        problem = "a relation ends at no region.", "Draw it again."
    elif labels is None or labels == []:
        problem = f"the relation to {tail} has no label.", "Pick one."
    elif not isinstance(labels, list):
        problem = f"the labels of the relation to {tail} are {labels!r}.", "Pick from the list."
    key = f"relation to {tail}"
    if problem is not None or head is None or tail is None:
        missing = tail if head in regions else head
        found.fault(*(problem or ("", "")), missing if "no region" in str(problem) else head)
        found.keep(head, key, arc)
        return
    found.keep_unknown(head, arc, _ARC_KEYS, f"{key}: ")
    for label in labels or ():
        if isinstance(label, str) and (label in RELATIONS or label == CONTINUES):
            yield head, label, tail
        else:
            found.fault(f"the relation label {label!r} is unknown.", "Pick from the list.", head)
            found.keep(head, key, arc)
