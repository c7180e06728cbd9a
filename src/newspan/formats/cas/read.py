"""A CAS as a document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_article, bare_attributes, bare_id, bare_span
from newspan.formats.cas.types import (
    ARTICLE,
    CONTINUES,
    DEPENDENT,
    FRAGMENT,
    GOVERNOR,
    LAYER_TYPES,
    NAMED_ENTITY,
    RELATION_TYPES,
    UNHELD,
    article_fields,
    feature_name,
    is_aside,
    span_fields,
)
from newspan.formats.cas.values import field_value, restored_text
from newspan.formats.labels import layer_of_label
from newspan.schema.fields import Field
from newspan.schema.invariants import check, in_order
from newspan.schema.model import AnySpan, Article, Document, Relation, relation_id

if TYPE_CHECKING:
    from cassis import Cas

__all__ = ["Reader"]

_LAYERS = {name: layer for layer, name in LAYER_TYPES.items()}
_RELATIONS = {name: kind for kind, name in RELATION_TYPES.items()}


class Reader:
    """Makes documents of the CASes of one file or folder, and sees that names do not clash."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._bare: set[str] = set()

    def document(self, cas: Cas, name: str) -> Document:
        """The document in a CAS; `name` is its article's id if the CAS does not say.

        Raises DocumentError with all faults of the document.
        """
        found: dict[str, list[Any]] = defaultdict(list)
        for structure in cas.select_all_fs():
            found[_kind(structure)].append(structure)
        article = _article(cas, found[ARTICLE], name)
        if article.id in self._bare or (not found[ARTICLE] and article.id in self._ids):
            raise DocumentError(
                Fault("two documents have names that make this id.", "Rename one file.",
                      article_id=article.id)
            )  # fmt: skip
        self._ids.add(article.id)
        if not found[ARTICLE]:
            self._bare.add(article.id)
        return _Document(article, found).made()


def _kind(structure: Any) -> str:
    """The type of a feature structure, where it is one that we read: its own or the one under
    which DKPro Core has it; "" for what is left aside."""
    name: str = structure.type.name
    if name in _LAYERS or name in _RELATIONS or name in (ARTICLE, FRAGMENT):
        return name
    above = structure.type
    while above is not None:
        if above.name == NAMED_ENTITY:
            return NAMED_ENTITY
        above = above.supertype
    return "" if is_aside(name) or not hasattr(structure, "begin") else name


def _article(cas: Cas, described: Sequence[Any], name: str) -> Article:
    text = cas.sofa_string
    if len(cas.sofas) > 1 or text is None or len(described) > 1:
        raise DocumentError(
            Fault("has not exactly one text and at most one newspan.Article.",
                  "A document is a CAS with one view that holds its text.", article_id=name)
        )  # fmt: skip
    if not described:
        return bare_article(name, text)
    try:
        values = _values("article", article_fields(), described[0])
        values["text"] = restored_text(text, getattr(described[0], UNHELD, None))
        return msgspec.convert(values, Article)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
        raise DocumentError(
            Fault(f"its newspan.Article has a value that is none: {error}.",
                  "schema/article.schema.json has the fields and their values.", article_id=name)
        ) from error  # fmt: skip


def _values(owner: str, fields: Iterable[Field], structure: Any) -> dict[str, Any]:
    """The fields that a feature structure gives. Raises ValueError for one that is none."""
    given = ((f, getattr(structure, feature_name(owner, f.name), None)) for f in fields)
    return {f.name: field_value(f, value) for f, value in given if value is not None}


class _Document:
    """A document in the making: what it is made of, and the faults found so far."""

    def __init__(self, article: Article, found: dict[str, list[Any]]) -> None:
        self._article = article
        self._found = found
        self._taken: Counter[str] = Counter()
        self._faults: list[Fault] = []
        self._parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for part in found[FRAGMENT]:
            self._parts[str(getattr(part, CONTINUES, None) or "")].append((part.begin, part.end))
        ours = [s for name in _LAYERS for s in found[name]]
        self._ids = {s.id for s in ours if isinstance(getattr(s, "id", None), str)}
        self._placed: dict[int, str] = {}

    def made(self) -> Document:
        """The document. Raises DocumentError with all its faults."""
        spans = [
            span
            for name, structures in self._found.items()
            for structure in structures
            if (span := self._span(name, structure)) is not None
        ]
        for owner in self._parts:
            self._fault("a newspan.Fragment continues no span of the document.",
                        "Its feature continues is the id of a span.", owner or None)  # fmt: skip
        arcs = [
            arc for name in _RELATIONS for s in self._found[name] if (arc := self._arc(name, s))
        ]
        if self._faults:
            raise DocumentError(*self._faults)
        return check(in_order(self._article, spans, arcs))

    def _span(self, name: str, structure: Any) -> AnySpan | None:
        if not name or name in _RELATIONS or name in (ARTICLE, FRAGMENT):
            return None
        own = getattr(structure, "id", None) if name in _LAYERS else None
        own = own if isinstance(own, str) else None
        parts = [(structure.begin, structure.end), *self._parts.pop(own or "", ())]
        try:
            given: dict[str, Any]
            if name in _LAYERS:
                layer = _LAYERS[name]
                given = _values(layer, span_fields(layer), structure)
            else:
                layer, type_ = self._layer(name, structure)
                given = dict(bare_attributes(layer, type_))
            span_id = given.pop("id", None) or self._new_id(layer)
            self._placed[id(structure)] = span_id
            return bare_span(layer, span_id, sorted(parts), self._article.text or "", given)
        except DocumentError as error:
            self._faults += (replace(f, article_id=self._article.id) for f in error.faults)
        except (ValueError, TypeError, RecursionError) as error:
            self._placed[id(structure)] = ""
            self._fault(f"{name} {structure.xmiID}: {error}.",
                        "schema/layers.json has the attributes and their values.", own)  # fmt: skip
        return None

    def _layer(self, name: str, structure: Any) -> tuple[str, str | None]:
        """The layer and type of another tool's annotation. Raises DocumentError for none."""
        place = f"at code points [{structure.begin}, {structure.end})"
        if name != NAMED_ENTITY:
            raise self._error(f"{name} {place} is of no layer here.",
                              "Leave the layer out of the export.")  # fmt: skip
        label = str(getattr(structure, "value", None) or structure.type.short_name)
        found = layer_of_label(label)
        if found is None:
            raise self._error(f"NamedEntity {place} has the label {label!r}, which is none here.",
                              "Labels are layer:type, such as actor:person, or PER, ORG, LOC, "
                              "GPE, FAC.")  # fmt: skip
        return found

    def _new_id(self, layer: str) -> str:
        made = bare_id(self._article.id, layer, self._taken)
        while made in self._ids:
            made = bare_id(self._article.id, layer, self._taken)
        return made

    def _arc(self, name: str, structure: Any) -> Relation | None:
        ends = [getattr(structure, end, None) for end in (GOVERNOR, DEPENDENT)]
        head, tail = (self._placed.get(id(end)) for end in ends)
        kind: Any = _RELATIONS[name]
        if head and tail:
            return Relation(id=relation_id(head, kind, tail), type=kind, head=head, tail=tail)
        if head is None or tail is None:
            self._fault(f"{name} {structure.xmiID} joins something that is no span.",
                        "Draw the relation again or remove it.")  # fmt: skip
        return None

    def _error(self, message: str, remedy: str) -> DocumentError:
        return DocumentError(Fault(message, remedy, article_id=self._article.id))

    def _fault(self, message: str, remedy: str, span_id: str | None = None) -> None:
        self._faults.append(Fault(message, remedy, article_id=self._article.id, span_id=span_id))
