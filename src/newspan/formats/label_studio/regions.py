"""The results of one Label Studio annotation, put together into spans and relations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newspan.errors import Fault
from newspan.schema.fields import attributes
from newspan.schema.invariants import slice_text
from newspan.schema.labelling import CONTINUES, YES, controls, label_of
from newspan.schema.model import LAYERS, RELATIONS, Article, Fragment, relation_id

__all__ = ["RegionReader"]

_LABELS = {label_of(layer): layer for layer in LAYERS}
_RESULT_KEYS = {"id", "from_name", "to_name", "type", "origin", "value", "meta", "score"}
_META_KEYS = {"text", "newspan"}
_VALUE_KEYS = {"start", "end", "text", "labels", "choices"}
_REQUIRED = {layer: tuple(f.name for f in attributes(layer) if f.required) for layer in LAYERS}


class _Region:
    """What the results with one id say."""

    __slots__ = ("attributes", "end", "extra", "layer", "start")

    def __init__(self, layer: str, start: int, end: int, extra: dict[str, Any]) -> None:
        self.layer = layer
        self.start = start
        self.end = end
        self.extra = extra
        self.attributes: dict[str, Any] = {}


class RegionReader:
    """Reads the results of one annotation; collects spans, relations, faults, leftovers."""

    def __init__(self, article: Article, provenance: Mapping[str, str], path: Path | None) -> None:
        self.article = article
        self.path = path
        self.prefix = f"{article.id}/{provenance['pass']}"
        self.common = {k: v for k, v in provenance.items() if k != "pass"}
        self.faults: list[Fault] = []
        self.aside: dict[str, Any] = {}
        self._regions: dict[str, _Region] = {}
        self._heads: dict[str, str] = {}
        self._spans: list[dict[str, Any]] = []
        self._relations: list[dict[str, str]] = []

    def fault(self, message: str, remedy: str, region: str | None = None) -> None:
        """Note something unfinished or wrong at a region."""
        span = f"{self.prefix}/{region}" if region else None
        self.faults.append(Fault(message, remedy, self.path, self.article.id, span))

    def read(self, results: Sequence[Any]) -> None:
        """Put the results together: labels first, then attributes, fragments, relations."""
        arcs, later = [], []
        for result in results:
            kind = result.get("type") if isinstance(result, dict) else None
            if kind == "labels":
                self._label(result)
            elif kind == "relation":
                arcs.append(result)
            elif kind in ("choices", "textarea", "number"):
                later.append(result)
            else:
                self._set_aside(str(_get(result, "id")), "result", result)
                self.fault(f"a result of type {kind!r} is not read.", "It is kept aside.")
        for result in later:
            self._attribute(result)
        self._fold(list(self._arcs(arcs)))

    def record(self) -> dict[str, Any]:
        """Spans and relations as builtins, sorted as in the tables."""
        return {
            "spans": sorted(self._spans, key=lambda s: (s["start"], s["end"], s["id"])),
            "relations": sorted(self._relations, key=lambda r: r["id"]),
        }

    def region_at(self, error: str) -> str | None:
        """The region that a conversion error speaks of, by its index in `record`."""
        place = re.search(r"\$\.spans\[(\d+)\]", error)
        if place is None:
            return None
        return str(self.record()["spans"][int(place.group(1))]["id"]).rpartition("/")[2]

    def _label(self, result: Mapping[str, Any]) -> None:
        region, value = str(result.get("id")), result.get("value")
        if not isinstance(value, dict):
            self.fault("has no value.", "Mark it again.", region)
            return
        start, end, labels = value.get("start"), value.get("end"), value.get("labels")
        if type(start) is not int or type(end) is not int:
            self.fault(
                f"start and end are {start!r} and {end!r}.", "They must be whole numbers.", region
            )
        elif not isinstance(labels, list) or len(labels) != 1:
            self.fault(f"has {len(labels or ())} labels.", "Give it exactly one.", region)
        elif str(labels[0]) not in _LABELS:
            self.fault(
                f"has the unknown label {labels[0]!r}.", f"Labels: {', '.join(_LABELS)}.", region
            )
        elif region in self._regions:
            self.fault("two regions have this id.", "Give each its own.", region)
        else:
            found = _Region(_LABELS[labels[0]], start, end, self._extra(region, result))
            self._regions[region] = found
            return
        self._set_aside(region, "region", result)

    def _extra(self, region: str, result: Mapping[str, Any]) -> dict[str, Any]:
        """Note, score and provenance of a region; what we do not know goes aside."""
        extra: dict[str, Any] = {}
        if result.get("score") is not None:
            extra["score"] = result["score"]
        meta = result.get("meta")
        meta = meta if isinstance(meta, dict) else {}
        own = meta.get("newspan")
        if isinstance(own, dict):
            extra |= own
        notes = meta.get("text")
        if notes:
            extra["note"] = "\n".join(map(str, notes)) if isinstance(notes, list) else str(notes)
        self._leftovers(region, result, _RESULT_KEYS)
        self._leftovers(region, meta, _META_KEYS)
        self._leftovers(region, result["value"], _VALUE_KEYS)
        return extra

    def _leftovers(self, region: str, found: Mapping[str, Any], known: set[str]) -> None:
        for key in found.keys() - known:
            self._set_aside(region, key, found[key])

    def _set_aside(self, region: str, key: str, value: Any) -> None:
        self.aside.setdefault(region, {})[key] = value

    def _attribute(self, result: Mapping[str, Any]) -> None:
        region = str(result.get("id"))
        control = controls().get(str(result.get("from_name")))
        target = self._regions.get(region)
        value = _answer(result)
        if control is None:
            self._set_aside(region, str(result.get("from_name")), result.get("value"))
        elif target is None:
            self.fault(f"{control.name} stands without its region.", "Mark the region.", region)
            self._set_aside(region, control.name, result.get("value"))
        elif target.layer != control.layer:
            self.fault(
                f"{control.name} stands on a {target.layer}.", "Remove the attribute.", region
            )
            self._set_aside(region, control.name, result.get("value"))
        elif value is None:
            self.fault(f"{control.name} has no single answer.", "Give one answer.", region)
            self._set_aside(region, control.name, result.get("value"))
        else:
            flag = control.field.base is bool
            target.attributes[control.field.name] = (value == YES) if flag else value

    def _arcs(self, arcs: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
        """(head, label, tail) of each label of each relation, pointing to the right."""
        for arc in arcs:
            head, tail = str(arc.get("from_id")), str(arc.get("to_id"))
            if arc.get("direction") == "left":
                head, tail = tail, head
            elif arc.get("direction") == "bi":
                self.fault(f"a relation with {tail} points both ways.", "Give it one.", head)
                continue
            missing = [region for region in (head, tail) if region not in self._regions]
            labels = arc.get("labels")
            if missing:
                self.fault("a relation ends at no region.", "Draw it again.", missing[0])
            elif not labels:
                self.fault(f"the relation to {tail} has no label.", "Pick one.", head)
            else:
                for label in labels:
                    if label in RELATIONS or label == CONTINUES:
                        yield head, label, tail
                    else:
                        self.fault(f"the relation label {label!r} is unknown.", "", head)

    def _fold(self, arcs: list[tuple[str, str, str]]) -> None:
        """Join fragments along `continues`, then make spans and relations."""
        follows = self._chains([(h, t) for h, label, t in arcs if label == CONTINUES])
        for region in self._regions:
            if region not in self._heads:
                chain = [region]
                while chain[-1] in follows:
                    chain.append(follows[chain[-1]])
                for member in chain:
                    self._heads[member] = region
                self._span(region, [self._regions[member] for member in chain])
        made = {span["id"] for span in self._spans}
        for head, label, tail in arcs:
            if label == CONTINUES:
                continue
            ends = [f"{self.prefix}/{self._heads.get(r, r)}" for r in (head, tail)]
            if made.issuperset(ends):
                self._relations.append(
                    {"id": relation_id(ends[0], label, ends[1]), "type": label,
                     "head": ends[0], "tail": ends[1]}
                )  # fmt: skip
            else:
                self._set_aside(head, f"{label} {tail}", "one end is unfinished")

    def _chains(self, links: list[tuple[str, str]]) -> dict[str, str]:
        """Fragment to next fragment; a link that forks, loops or joins two layers is left."""
        follows: dict[str, str] = {}
        for head, tail in links:
            at, loop = tail, head == tail
            while at in follows and not loop:
                at = follows[at]
                loop = at == head
            if loop or head in follows or tail in follows.values():
                self.fault(f"`continues` to {tail} forks or loops.", "Draw one chain.", head)
            elif self._regions[head].layer != self._regions[tail].layer:
                self.fault(f"`continues` to {tail} joins two layers.", "Remove it.", head)
            else:
                follows[head] = tail
        self._heads = dict.fromkeys(follows.values(), "")
        return follows

    def _span(self, region: str, chain: Sequence[_Region]) -> None:
        layer = chain[0].layer
        values: dict[str, Any] = {}
        for part in chain:
            for name, value in part.attributes.items():
                if values.setdefault(name, value) != value:
                    self.fault(f"its fragments differ in {name}.", "Keep one value.", region)
        missing = [name for name in _REQUIRED[layer] if name not in values]
        if missing:
            self.fault(f"the {layer} has no {', '.join(missing)}.", "Fill in the form.", region)
            self._set_aside(region, "unfinished", {"layer": layer, **values,
                "fragments": [(p.start, p.end) for p in chain]})  # fmt: skip
            return
        places = sorted((part.start, part.end) for part in chain)
        text = self.article.text
        words = slice_text(text, [Fragment(*p) for p in places]) if text is not None else None
        self._spans.append(
            {
                **self.common, **chain[0].extra, **values,
                "layer": layer, "id": f"{self.prefix}/{region}", "fragments": places,
                "start": places[0][0], "end": places[-1][1], "text": words,
            }
        )  # fmt: skip


def _get(result: Any, key: str) -> Any:
    return result.get(key) if isinstance(result, dict) else None


def _answer(result: Mapping[str, Any]) -> str | None:
    """The one answer of a choice or text field, without white space at its edges."""
    value = result.get("value")
    answers = value.get("choices", value.get("text")) if isinstance(value, dict) else None
    if isinstance(answers, str):
        answers = [answers]
    if not isinstance(answers, list) or len(answers) != 1 or not isinstance(answers[0], str):
        return None
    return answers[0].strip() or None
