"""Web Annotations as documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from newspan.errors import DocumentError, Fault
from newspan.formats.members import article_name
from newspan.formats.w3c.document import Source, document
from newspan.formats.w3c.parts import (
    Place,
    comments,
    dataset,
    ends,
    first_id,
    many,
    places,
    purposes,
    tags,
)
from newspan.formats.w3c.terms import ABOUT_ARTICLE
from newspan.schema.model import Document
from newspan.text import OffsetMap

__all__ = ["decode"]


def decode(annotations: Iterable[Any]) -> Iterator[Document]:
    """The document of each source, in the order in which the sources come.

    An annotation that describes an article begins a document; others belong to the last one
    of their source. Raises DocumentError with all faults of a document.
    """
    sources = _sorted(annotations)
    own = [s.article_id for s in sources if s.about is not None]
    taken = Counter(s.article_id for s in sources if s.about is None)
    for source in sources:
        if source.about is None and (taken[source.article_id] > 1 or source.article_id in own):
            raise DocumentError(
                Fault(f"the source {source.address} has the name of another source.",
                      "The id is made of the last part of the address; rename one.",
                      article_id=source.article_id)
            )  # fmt: skip
    utf16 = _in_utf16(sources)
    for source in sources:
        yield document(source, utf16)


def _sorted(annotations: Iterable[Any]) -> list[Source]:
    """The sources with what is said of each."""
    sources: list[Source] = []
    latest: dict[str, Source] = {}
    holders: dict[str, Source] = {}
    arcs: list[dict[str, Any]] = []

    def source_of(address: str, begin: bool = False) -> Source:
        if begin or address not in latest:
            latest[address] = Source(address, article_name(address))
            sources.append(latest[address])
        return latest[address]

    for annotation in annotations:
        if not isinstance(annotation, dict):
            raise DocumentError(Fault("an annotation is no object.", "Export the file again."))
        about = dataset(annotation, ABOUT_ARTICLE)
        for address, text in _texts(annotation):
            source_of(address, about is not None).tell(text, about)
        if "linking" in purposes(annotation):
            holder = holders.get(ends(annotation)[0] or "")
            if holder is None:
                arcs.append(annotation)
            else:
                holder.arcs.append(annotation)
        elif about is None and not _only_a_text(annotation):
            holder = source_of(_first_source(annotation))
            holder.marks.append(annotation)
            holders[first_id(annotation) or ""] = holder
    for annotation in arcs:
        _hand_over(annotation, holders)
    return sources


def _hand_over(annotation: dict[str, Any], holders: Mapping[str, Source]) -> None:
    """Give a relation that came before its spans to their source."""
    head = ends(annotation)[0]
    if (holder := holders.get(head or "")) is None:
        raise DocumentError(
            Fault(f"the relation {first_id(annotation)} links {head}, which is no annotation "
                  "here.", "Export all annotations together.")
        )  # fmt: skip
    holder.arcs.append(annotation)


def _first_source(annotation: dict[str, Any]) -> str:
    """The source that an annotation selects from. Raises DocumentError where there is none."""
    for target in many(annotation.get("target")):
        source = first_id(target.get("source")) if isinstance(target, dict) else None
        if source is not None:
            return source
    raise DocumentError(
        Fault(f"the annotation {first_id(annotation)} selects no part of a source.",
              "Leave out annotations of whole resources, and replies.")
    )  # fmt: skip


def _texts(annotation: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """(address, text) of each resource that the annotation gives, or describes without it."""
    described = dataset(annotation, ABOUT_ARTICLE) is not None
    for target in many(annotation.get("target")):
        inner = target.get("source") if isinstance(target, dict) else None
        resource = inner if isinstance(inner, dict) else target
        address = first_id(resource)
        text = resource.get("value") if isinstance(resource, dict) else None
        if address is not None and (isinstance(text, str) or described):
            yield address, text if isinstance(text, str) else None


def _only_a_text(annotation: Mapping[str, Any]) -> bool:
    """Whether the annotation does no more than give texts."""
    targets = many(annotation.get("target"))
    whole = all(
        isinstance(t, dict) and "selector" not in t and isinstance(t.get("value"), str)
        for t in targets
    )
    return bool(targets) and whole and not tags(annotation) and comments(annotation) is None


def _in_utf16(sources: Iterable[Source]) -> bool:
    """Whether the quotes of all sources stand at their positions in UTF-16 units only."""
    points = True
    for source in sources:
        if source.text is None:
            continue
        placed = [p for p in _quoted(source) if p.exact is not None and p.start is not None]
        points = points and all(source.text[p.start : p.end] == p.exact for p in placed)
        units = OffsetMap(source.text, "utf-16")
        try:
            offsets = units.to_points([o for p in placed for o in (p.start or 0, p.end or 0)])
        except ValueError:
            return False
        pairs = zip(offsets[::2].tolist(), offsets[1::2].tolist(), placed, strict=True)
        if any(source.text[start:end] != p.exact for start, end, p in pairs):
            return False
    return not points


def _quoted(source: Source) -> Iterator[Place]:
    for annotation in source.marks:
        try:
            yield from places(annotation)
        except ValueError:
            continue  # said with the other faults of its document
