"""Values of the model as values of features, and back."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import msgspec

from newspan.schema.fields import Field

__all__ = ["feature_value", "field_value", "held_text", "restored_text"]

_UNHELD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document holds (production 2 of the Recommendation)."""
_REPLACED = re.compile("([0-9]{1,10}):([0-9A-F]{4})")
_STAND_IN = "\N{REPLACEMENT CHARACTER}"
_AS_JSON = "json:"


def held_text(text: str) -> tuple[str, str | None]:
    """(the text as XML can hold it, which of its characters are replaced, or None).

    A character is replaced by one of the same length in every unit, so that offsets stay.
    """
    found = [f"{m.start()}:{ord(m[0]):04X}" for m in _UNHELD.finditer(text)]
    return _UNHELD.sub(_STAND_IN, text), " ".join(found) or None


def restored_text(text: str, unheld: str | None) -> str:
    """The text with its own characters. Raises ValueError where `unheld` is not of this text."""
    letters = list(text)
    for item in str(unheld or "").split():
        found = _REPLACED.fullmatch(item)
        at = int(found[1]) if found else len(letters)
        if found is None or at >= len(letters) or letters[at] != _STAND_IN:
            raise ValueError(f"{item[:60]!r} is no replaced character of the text")
        letters[at] = chr(int(found[2], 16))
    return "".join(letters)


def feature_value(value: Any) -> str | bool | int | None:
    """The value of a feature for a value of the model: text for all but booleans and integers.

    A score is text, since UIMA's Float, the only one INCEpTION has, would round it.
    """
    plain = msgspec.to_builtins(value)
    if plain is None or isinstance(plain, bool | int):
        return plain
    if isinstance(plain, float):
        return repr(plain)
    if not isinstance(plain, str):
        return json.dumps(plain)
    if _UNHELD.search(plain) or plain.startswith(_AS_JSON):
        return _AS_JSON + json.dumps(plain)
    return plain


def field_value(field: Field, value: Any) -> Any:
    """The value of the model for that of a feature, as far as can be told without the model.

    Raises ValueError where it is none.
    """
    if isinstance(value, str):
        if field.base is float:
            if not math.isfinite(number := float(value)):
                raise ValueError(f"{field.name} is {value[:40]}")
            return number
        if field.base is tuple or isinstance(field.base, type(msgspec.Struct)):
            return json.loads(value)
        if value.startswith(_AS_JSON):
            return json.loads(value.removeprefix(_AS_JSON))
    return value
