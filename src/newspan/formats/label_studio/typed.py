"""Plain tasks as typed records, which is how they are decoded fastest."""

from __future__ import annotations

from typing import Any, Literal, get_type_hints

import msgspec

from newspan.schema.fields import fields_of
from newspan.schema.labelling import YES, controls, label_of
from newspan.schema.model import LAYERS, RELATIONS, Article

__all__ = ["TypedData", "TypedResult", "TypedTask", "task_decoder"]


class _Part(msgspec.Struct, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """What the parts of a task share; an unknown key sends the task the slow road."""


# Literals are decoded to strings that exist already: no other way is as fast.
_Label = Literal[tuple(label_of(layer) for layer in LAYERS)]  # type: ignore[valid-type]
_Choice = Literal[tuple({YES, *(v for c in controls().values() for v in c.field.values)})]  # type: ignore[valid-type]
_Name = Literal[("span", *controls())]  # type: ignore[valid-type]
_Type = Literal["labels", "choices", "textarea", "relation"]
_Origin = Literal["manual", "prediction", "prediction-changed"]
_Relation = Literal[tuple(RELATIONS)]  # type: ignore[valid-type]


class TypedValue(_Part, gc=False):
    """Exactly one label, choice or answer: several are for the slow road."""

    start: int | None = None
    end: int | None = None
    text: str | tuple[str] | None = None
    labels: tuple[_Label] | None = None  # type: ignore[valid-type]
    choices: tuple[_Choice] | None = None  # type: ignore[valid-type]


class TypedResult(_Part, gc=False):
    """A region, an attribute of one, or a relation."""

    type: _Type
    id: str | None = None
    from_name: _Name | None = None  # type: ignore[valid-type]
    to_name: Literal["text"] | None = None
    origin: _Origin | None = None
    value: TypedValue | None = None
    score: float | None = None
    from_id: str | None = None
    to_id: str | None = None
    labels: tuple[_Relation] | None = None  # type: ignore[valid-type]
    direction: Literal["right"] | None = None


class TypedAnnotation(msgspec.Struct, omit_defaults=True):
    """One version of a task, with who made it."""

    result: list[TypedResult]
    was_cancelled: bool = False
    completed_by: Any = None
    newspan: dict[str, Any] | None = None


_HINTS = get_type_hints(Article, include_extras=True)
_Meta = msgspec.defstruct(
    "_Meta",
    [
        (f.name, _HINTS[f.name]) if f.required else (f.name, _HINTS[f.name], f.default)
        for f in fields_of(Article)
        if f.name not in ("text", "title")
    ],
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
)
"""The metadata of an article as they travel in a task: all but text and title."""


class TypedData(msgspec.Struct, omit_defaults=True):
    """A text with its metadata."""

    article_id: str
    text: str
    article: _Meta  # type: ignore[valid-type]
    title: str | None = None
    text_sha256: str | None = None


class TypedTask(msgspec.Struct, omit_defaults=True):
    """A task."""

    data: TypedData
    annotations: list[TypedAnnotation]
    predictions: list[Any] = []
    drafts: list[Any] = []


_TYPED = msgspec.json.Decoder(list[TypedTask])


def task_decoder(piece: bytes) -> list[Any]:
    """The tasks of a JSON list, typed if all are plain in form, else as builtins."""
    try:
        found: list[Any] = _TYPED.decode(piece)
    except msgspec.ValidationError:
        found = msgspec.json.decode(piece)
    return found
