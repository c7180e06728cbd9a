"""Placeholders in a suite: labels of the model, thresholds and vocabularies of the settings.

`{values:actor.type}` and `{vocabulary:languages}` stand for lists, `{pattern:languages}` for
a regular expression that a vocabulary's values match, `{threshold:latest_year}` for a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import LAYERS, RELATIONS, Article, Entity, Span
from newspan.text import NORMALIZATION
from newspan.validation.settings import Settings

__all__ = ["filled"]

_PLACEHOLDER = re.compile(r"\{([a-z]+:[^{}]*|normalization)\}")
_NOTHING = r"\b\B"
"""A regular expression that nothing matches."""


def filled(value: Any, settings: Settings) -> Any:
    """A value, at any depth, with its placeholders replaced.

    Alone a placeholder becomes a list or a number; inside a text, what SQL or a regular
    expression reads. Raises LookupError, with a clause and what to do, where there
    is nothing of its name.
    """
    if isinstance(value, dict):
        return {key: filled(item, settings) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, settings) for item in value]
    if not isinstance(value, str):
        return value
    whole = _PLACEHOLDER.fullmatch(value)
    if whole is not None:
        found = _meant(whole[1], settings)
        return list(found) if isinstance(found, tuple) else found
    return _PLACEHOLDER.sub(lambda match: _inside(_meant(match[1], settings)), value)


def _inside(found: Any) -> str:
    if isinstance(found, tuple):
        return ", ".join("'" + v.replace("'", "''") + "'" for v in found) or "null"
    return str(found)


def _meant(name: str, settings: Settings) -> tuple[str, ...] | str | float:
    """What a placeholder stands for. Raises LookupError."""
    kind, _, key = name.partition(":")
    if kind == "normalization":
        return (NORMALIZATION,)
    if kind == "values":
        return _labels(key)
    if kind == "threshold" and key in settings.thresholds:
        return settings.thresholds[key]
    if kind == "vocabulary" and key in settings.vocabularies:
        return settings.vocabularies[key]
    if kind == "pattern" and key in settings.vocabularies:
        return _pattern(settings.vocabularies[key])
    raise LookupError(f"there is no {kind} {key!r}", "Correct the name; see validation/README.md.")


def _pattern(values: Sequence[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, values)) or _NOTHING})"


def _labels(name: str) -> tuple[str, ...]:
    """The labels of an enumeration of the model. Raises LookupError."""
    record, _, field = name.partition(".")
    if (record, field) == ("relation", "type"):
        return tuple(RELATIONS)
    records: dict[str, Any] = {"article": Article, "span": Span, "entity": Entity}
    if record in LAYERS:
        fields = attributes(record)
    elif record in records:
        fields = fields_of(records[record])
    else:
        fields = ()
    found = {f.name: f.values for f in fields}.get(field, ())
    if not found:
        raise LookupError(f"the model has no enumeration {name!r}", "Correct the name.")
    return found
