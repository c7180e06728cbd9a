"""A DocBin to Documents: what spaCy has, and what was kept beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from newspan.errors import DocumentError, Fault
from newspan.formats.bare import bare_article, bare_attributes, bare_id, bare_span
from newspan.formats.docbin.edited import group_faults, spans_of
from newspan.formats.docbin.packed import Packed, unpacked
from newspan.formats.docbin.stored import KEY, Stored
from newspan.formats.labels import kind_of
from newspan.formats.named import Named, article_name
from newspan.schema.invariants import check, in_order
from newspan.schema.model import LAYERS, Document

__all__ = ["decode"]


def decode(native: Named | Iterable[bytes]) -> Iterator[Document]:
    """The documents of a DocBin; those of others are named after the file.

    Raises DocumentError for bytes that are no sound DocBin, a label of no layer, a span that
    stands elsewhere than the file says, and a document that breaks the model.
    """
    name, parts = native if isinstance(native, Named) else ("document", native)
    taken: dict[str, str] = {}
    for number, packed in enumerate(unpacked(b"".join(parts)), start=1):
        if KEY in packed.user_data:
            yield check(_own(packed))
        else:
            yield check(_foreign(packed, article_name(f"{name}-{number}", taken)))


def _foreign(packed: Packed, name: str) -> Document:
    """A document of others: the spans of its entities and groups, each once."""
    article = bare_article(name, packed.text)
    found: dict[tuple[str, str | None, int, int], None] = {}
    faults: list[Fault] = []
    for group, pieces in [("", packed.ents), *packed.groups.items()]:
        faults += group_faults(pieces, group, name, packed.text)
        for piece in pieces:
            kind = kind_of(piece.label, group if group in LAYERS else "")
            if kind is not None:
                found[*kind, piece.start, piece.end] = None
    if faults:
        raise DocumentError(*faults)
    taken: Counter[str] = Counter()
    spans = [
        bare_span(layer, bare_id(name, layer, taken), [(start, end)], packed.text,
                  bare_attributes(layer, type_))
        for layer, type_, start, end in sorted(found, key=lambda s: (s[2], -s[3], s[0], s[1] or ""))
    ]  # fmt: skip
    return in_order(article, spans)


def _own(packed: Packed) -> Document:
    """A document of ours, as it is after what was changed in spaCy."""
    try:
        stored = msgspec.convert(packed.user_data[KEY], Stored)
    except msgspec.ValidationError as error:
        raise DocumentError(
            Fault(f"doc.user_data[{KEY!r}] is none of ours: {error}.", "Convert it again.")
        ) from error
    text = None if stored.standoff else packed.text
    article = msgspec.structs.replace(stored.article, text=text)
    spans = list(spans_of(packed, stored, article))
    here = {span.id for span in spans}
    arcs = (arc for arc in stored.relations if {arc.head, arc.tail} <= here)
    return in_order(article, spans, arcs)
