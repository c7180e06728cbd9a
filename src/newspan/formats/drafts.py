"""A document put together from what a file of others says: its faults all together.

Files of other tools name articles, spans and labels in ways of their own. Here their names
become ids, their labels layers and types, and the words that they state are compared with the
text: what does not fit is a fault with its place, and nothing is shifted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_id, bare_span
from newspan.formats.labels import layer_of_label
from newspan.formats.slugs import slug
from newspan.schema.fields import main_attribute
from newspan.schema.invariants import document_faults, in_order
from newspan.schema.model import LAYERS, RELATIONS, AnySpan, Article, Document, Relation
from newspan.schema.model import relation_id as id_of_relation

__all__ = ["Draft", "Names", "is_span_id", "quoted"]

_LABELS = "Labels are a layer ({}), a layer with its type (actor:person), or PERSON, ORG, GPE, LOC."
_PLACE = frozenset({"layer", "id", "fragments", "start", "end", "text"})


class Names:
    """Ids of articles made from the names that files give them."""

    def __init__(self) -> None:
        self._taken: dict[str, tuple[str, int]] = {}

    def of(self, name: str, text: str, path: Path | None = None, line: int | None = None) -> str:
        """The name in lower case, with hyphens for what no id may have.

        Raises DocumentError where nothing is left of it, where it is too long, or where another
        name, or another text of the same name, has the id already.
        """
        found = slug(name)
        if not found or len(found) > 64:
            why = f"its name {name[:80]!r} makes no article id."
            raise DocumentError(
                Fault(why, "Give it one of 1 to 64 letters, digits and hyphens.", path, line=line)
            )
        if self._taken.setdefault(found, (name, hash(text))) != (name, hash(text)):
            why = f"the id {found} is that of {self._taken[found][0]!r} already."
            raise DocumentError(
                Fault(why, "Give each article a name of its own.", path, found, line=line)
            )
        return found


def is_span_id(value: object, article: str) -> bool:
    """Whether a value is the id of a span of this article, as the model has them."""
    shape = rf"{re.escape(article)}/[a-z0-9-]+/[A-Za-z0-9_-]+"
    return isinstance(value, str) and len(value) <= 200 and bool(re.fullmatch(shape, value))


def quoted(words: str) -> str:
    """The words as a message shows them: not more than a line of them."""
    return repr(words if len(words) <= 60 else words[:57] + "...")


class _Stated(NamedTuple):
    """A span as the file states it."""

    key: str
    layer: str
    fragments: tuple[tuple[int, int], ...]
    given: dict[str, Any]
    id: str | None


class Draft:
    """A document in the making: spans under the keys that the file has for them."""

    def __init__(self, article: Article, path: Path | None = None, line: int | None = None) -> None:
        """`line` is that of the whole document, in a file with a document a line."""
        self.article = article
        self.faults: list[Fault] = []
        self._path, self._line = path, line
        self._stated: dict[str, _Stated] = {}
        self._refused: set[str] = set()
        self._arcs: list[tuple[str, str, str, str, int | None]] = []

    def fault(
        self, message: str, remedy: str, key: str | None = None, line: int | None = None
    ) -> None:  # fmt: skip
        """Note what is wrong, of a span if it has the key of one."""
        self.faults.append(
            Fault(message, remedy, self._path, self.article.id, key, line or self._line)
        )

    def refuse(self, message: str, remedy: str, key: str, line: int | None = None) -> None:
        """Note why a span cannot be made at all; relations of it are then no further fault."""
        self._refused.add(key)
        self.fault(message, remedy, key, line)

    def layer(self, key: str, label: str, line: int | None = None) -> tuple[str, str | None] | None:
        """(layer, type) of a label; a label of no layer is noted as a fault."""
        found = layer_of_label(label)
        if found is None or (found[1] is not None and main_attribute(found[0]) is None):
            message = f"the label {quoted(label)} is of no layer."
            self.refuse(message, _LABELS.format(", ".join(LAYERS)), key, line)
            return None
        return found

    def add(
        self,
        key: str,
        layer: str,
        fragments: Sequence[tuple[int, int]],
        given: Mapping[str, Any],
        span_id: str | None = None,
        words: Sequence[str] | None = None,
        line: int | None = None,
    ) -> None:
        """A span, with what is `given` of its attributes and its maker.

        `words`, where the file states them, are those of each fragment.
        """
        if key in self._stated:
            self.fault("two spans have this key.", "Give each its own.", key, line)
            return
        if wrong := _PLACE & given.keys() or ({"fragments"} if not fragments else set()):
            message = f"what it says of its {', '.join(sorted(wrong))} cannot be used."
            self.refuse(message, "Give it one place, in the format's own keys.", key, line)
            return
        text = str(self.article.text)
        there = [text[max(s, 0) : max(e, 0)] for s, e in fragments]
        if words is not None and there != list(words):
            said, found = quoted(" … ".join(words)), quoted(" … ".join(there))
            message = f"its words are {said} but the text has {found} at {_shown(fragments)}."
            self.fault(message, "Offsets are code points, end exclusive: mend them.", key, line)
        self._stated[key] = _Stated(key, layer, tuple(sorted(fragments)), dict(given), span_id)

    def relate(
        self, name: str, kind: str, head: str, tail: str, line: int | None = None
    ) -> None:  # fmt: skip
        """A relation between the spans of two keys; `name` is what the file calls it."""
        if kind not in RELATIONS:
            message = f"the relation {quoted(kind)} is none of the model."
            self.fault(message, f"There are: {', '.join(RELATIONS)}.", name, line)
            return
        self._arcs.append((name, kind, head, tail, line))

    def document(self) -> Document:
        """The whole, in the order of the tables. Raises DocumentError with all the faults."""
        ids = self._ids()
        made = [span for stated in self._stated.values() if (span := self._span(stated, ids))]
        document = in_order(self.article, made, self._relations(ids))
        keys = {span_id: key for key, span_id in ids.items()}
        if len(made) == len(self._stated):
            for fault in document_faults(document, self._path):
                key = keys.get(str(fault.span_id))
                named = fault.message if key in (None, fault.span_id) else f"{key}: {fault.message}"
                self.faults.append(replace(fault, message=named, line=self._line))
        if self.faults:
            raise DocumentError(*self.faults)
        return document

    def _ids(self) -> dict[str, str]:
        """The id of each key: that in the file, or one by layer in the order of the text."""
        ids = {s.key: s.id for s in self._stated.values() if s.id is not None}
        taken = set(ids.values())
        numbers: Counter[str] = Counter()
        rest = (s for s in self._stated.values() if s.id is None)
        for stated in sorted(rest, key=lambda s: (s.fragments[0][0], -s.fragments[-1][1])):
            names = (bare_id(self.article.id, stated.layer, numbers) for _ in count())
            ids[stated.key] = next(name for name in names if name not in taken)
        return ids

    def _span(self, stated: _Stated, ids: Mapping[str, str]) -> AnySpan | None:
        text = str(self.article.text)
        try:
            return bare_span(stated.layer, ids[stated.key], stated.fragments, text, stated.given)
        except DocumentError as error:
            for fault in error.faults:
                self.fault(fault.message, fault.remedy, stated.key)
            return None

    def _relations(self, ids: Mapping[str, str]) -> list[Relation]:
        found = []
        for name, kind, head, tail, line in self._arcs:
            ends = [ids.get(end) for end in (head, tail)]
            if ends[0] and ends[1]:
                arc = id_of_relation(ends[0], kind, ends[1])
                found.append(Relation(id=arc, type=kind, head=ends[0], tail=ends[1]))  # type: ignore[arg-type]
            elif not {head, tail} & self._refused:
                missing = tail if ends[0] else head
                message = f"{kind} names {quoted(missing)}, which is no span here."
                self.fault(message, "Draw the relation again or remove it.", name, line)
        return found


def _shown(fragments: Sequence[tuple[int, int]]) -> str:
    return ", ".join(f"[{start}, {end})" for start, end in fragments)
