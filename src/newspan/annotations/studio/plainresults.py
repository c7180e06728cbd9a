"""The results of a plain annotation: decoded typed, checked, and laid out in order.

Only what newspan writes and the editor keeps as it is has a place in these types; any other
key or value is for the slow road to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_type_hints

import msgspec

from newspan.annotations.studio.regionsums import said_of_answer, said_of_label, sum_of
from newspan.schema.labelling import YES, controls, label_of
from newspan.schema.model import LAYERS, RELATIONS, SpanId

__all__ = ["NotPlain", "PlainResult", "PlainResults"]

_LABELS = {label_of(layer): layer for layer in LAYERS}
_Label = Literal[tuple(_LABELS)]  # type: ignore[valid-type]
_Relation = Literal[tuple(RELATIONS)]  # type: ignore[valid-type]
_Name = Literal[tuple(controls())]  # type: ignore[valid-type]
_Origin = Literal["manual", "prediction", "prediction-changed"]


class NotPlain(Exception):
    """The task must take the slow road."""


class _LabelValue(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    start: int
    end: int
    labels: tuple[_Label]  # type: ignore[valid-type]
    text: str | None = None


class _ChoiceValue(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    choices: tuple[str]
    start: int = 0
    end: int = 0
    text: str | None = None


class _AnswerValue(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    text: tuple[str]
    start: int = 0
    end: int = 0


class _Part(msgspec.Struct, gc=False, forbid_unknown_fields=True, tag_field="type"):
    """What results share; their type tells them apart."""


class _Region(_Part, gc=False, tag="labels"):
    id: str
    from_name: Literal["span"]
    to_name: Literal["text"]
    value: _LabelValue
    origin: _Origin = "manual"


class _Choice(_Part, gc=False, tag="choices"):
    id: str
    from_name: _Name  # type: ignore[valid-type]
    to_name: Literal["text"]
    value: _ChoiceValue
    origin: _Origin = "manual"


class _Answer(_Part, gc=False, tag="textarea"):
    id: str
    from_name: _Name  # type: ignore[valid-type]
    to_name: Literal["text"]
    value: _AnswerValue
    origin: _Origin = "manual"


class _Arc(_Part, gc=False, tag="relation"):
    from_id: str
    to_id: str
    direction: Literal["right"]
    labels: list[_Relation]  # type: ignore[valid-type]
    origin: _Origin = "manual"


PlainResult = _Region | _Choice | _Answer | _Arc


class PlainResults:
    """What the results of one annotation say. Raises NotPlain where something is said twice."""

    def __init__(self, results: Sequence[PlainResult]) -> None:
        self._regions: dict[str, _LabelValue] = {}
        self._answers: dict[str, dict[str, _Given]] = {}
        self._arcs: dict[tuple[str, str], list[str]] = {}
        once = 0
        for result in results:
            if isinstance(result, _Region):
                self._regions[result.id] = result.value
                once += 1
            elif isinstance(result, _Arc):
                self._arcs[result.from_id, result.to_id] = sorted(set(result.labels))
                once += 1
            else:
                name, value = result.from_name, result.value
                answered = self._answers.setdefault(result.id, {})
                if name in answered:
                    raise NotPlain
                if isinstance(value, _ChoiceValue):
                    answered[name] = _given(name, "choices", value.choices[0])
                else:
                    answered[name] = _given(name, "textarea", value.text[0])
        if (
            once != len(self._regions) + len(self._arcs)
            or not all(self._arcs.values())
            or not self._answers.keys() <= self._regions.keys()
        ):
            raise NotPlain

    def strings(self) -> Iterator[str]:
        """Every string that somebody may have chosen freely."""
        yield from self._regions
        for answered in self._answers.values():
            for given in answered.values():
                yield given.answer

    def refuse_changed(self, sums: Mapping[str, Any]) -> None:
        """Raise NotPlain unless each region has the sum it had when it was pushed."""
        for region, value in self._regions.items():
            said = [said_of_label(value.labels[0], value.start, value.end)]
            said += [given.said for given in self._answers.get(region, {}).values()]
            if sums.get(region) != sum_of(said):
                raise NotPlain

    def laid_out(self, text: str, prefix: str, *, with_words: bool) -> list[dict[str, Any]]:
        """The results as `encode` makes them: regions by place, each with its answers, then
        relations. Raises NotPlain where a Document could not hold them."""
        regions = sorted(self._regions.items(), key=lambda r: (r[1].start, r[1].end, r[0]))
        _refuse_unsound_ids([f"{prefix}/{region}" for region in self._regions])
        _refuse_unsound_places([value for _, value in regions], text)
        made: list[dict[str, Any]] = []
        for region, value in regions:
            words = {"text": text[value.start : value.end]} if with_words else {}
            place = {"start": value.start, "end": value.end}
            base = {"id": region, "to_name": "text", "origin": "manual"}
            said = {**place, **words, "labels": value.labels}
            made.append({**base, "from_name": "span", "type": "labels", "value": said})
            for name, tag, answer in self._answered(region, value.labels[0]):
                said = {**place, "text": [answer]}
                if tag == "choices":
                    said = {**place, **words, "choices": [answer]}
                made.append({**base, "from_name": name, "type": tag, "value": said})
        return made + self._relations()

    def _answered(self, region: str, label: str) -> Iterator[tuple[str, str, str]]:
        """(control, its tag, answer) of a region, in the order of the model; defaults too."""
        given = self._answers.get(region, {})
        left = len(given)
        for name, tag, default, required in _asked(label):
            if name in given:
                left -= 1
                yield name, tag, given[name].answer
            elif required:
                raise NotPlain
            elif default is not None:
                yield name, tag, default
        if left:  # answers of another layer
            raise NotPlain

    def _relations(self) -> list[dict[str, Any]]:
        """The relations, in the order of their ids."""
        made = []
        for (head, tail), labels in self._arcs.items():
            if head not in self._regions or tail not in self._regions:
                raise NotPlain
            layers = [_LABELS[self._regions[end].labels[0]] for end in (head, tail)]
            rules = [RELATIONS[label] for label in labels]
            if any(layers[0] not in r.heads or layers[1] not in r.tails for r in rules):
                raise NotPlain
            arc = {"type": "relation", "from_id": head, "to_id": tail, "direction": "right",
                   "labels": labels}  # fmt: skip
            made.append((min(f"{head}.{label}.{tail}" for label in labels), arc))
        return [arc for _, arc in sorted(made, key=lambda m: m[0])]


class _Given(NamedTuple):
    answer: str
    said: bytes
    """What it adds to the sum of its region."""


@lru_cache(maxsize=1 << 14)
def _given(name: str, tag: str, answer: str) -> _Given:
    """An answer that the model allows. Raises NotPlain for any other."""
    control = controls()[name]
    if control.tag != tag or answer != answer.strip():
        raise NotPlain
    value = True if control.field.base is bool and answer == YES else answer
    try:
        msgspec.convert(value, _hint(control.layer, control.field.name))
    except msgspec.ValidationError:
        raise NotPlain from None
    both = ([answer], None) if tag == "choices" else (None, [answer])
    return _Given(answer, said_of_answer(name, *both))


@cache
def _hint(layer: str, attribute: str) -> Any:
    return get_type_hints(LAYERS[layer], include_extras=True)[attribute]


@cache
def _asked(label: str) -> list[tuple[str, str, str | None, bool]]:
    """(control, tag, default answer, whether it has to be answered) of those of a layer."""
    asked = []
    for control in controls().values():
        if control.layer == _LABELS[label]:
            default = control.field.default or None
            asked.append((control.name, control.tag, default, control.field.required))
    return asked


def _refuse_unsound_ids(span_ids: list[str]) -> None:
    try:
        msgspec.convert(span_ids, list[SpanId])
    except msgspec.ValidationError:
        raise NotPlain from None


def _refuse_unsound_places(values: Sequence[_LabelValue], text: str) -> None:
    """Raise NotPlain for a place outside the text, with white space at an edge, or that
    crosses another of its layer."""
    by_label: dict[str, list[tuple[int, int]]] = {}
    for value in values:
        start, end = value.start, value.end
        if not 0 <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
            raise NotPlain
        by_label.setdefault(value.labels[0], []).append((start, -end))
    for places in by_label.values():
        open_ends: list[int] = []
        for start, minus_end in sorted(places):
            while open_ends and open_ends[-1] <= start:
                open_ends.pop()
            if open_ends and -minus_end > open_ends[-1]:
                raise NotPlain
            open_ends.append(-minus_end)
