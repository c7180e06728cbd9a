"""Documents to a DocBin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from newspan.errors import DocumentError, Fault, MissingExtra
from newspan.formats.docbin.stored import KEY, Stored, short_ids
from newspan.schema.fields import type_of
from newspan.schema.invariants import check
from newspan.schema.model import LAYERS, SCHEMA_VERSION, Document, layer_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["encode"]


def encode(documents: Iterable[Document]) -> Iterator[bytes]:
    """The bytes of one DocBin with all documents.

    Raises DocumentError for a breach of an invariant and where it is too large for a DocBin,
    MissingExtra without spaCy.
    """
    try:
        from spacy.tokens import DocBin
    except ImportError as error:
        raise MissingExtra(
            Fault("DocBin needs spaCy.", "Run `pip install 'newspan[nlp]'`.")
        ) from error
    packed = DocBin(attrs=["NORM"], store_user_data=True)
    for document in documents:
        packed.add(_doc(check(document)))
    try:
        yield packed.to_bytes()
    except (ValueError, OverflowError) as error:
        raise DocumentError(
            Fault("too much for one DocBin.", "Write fewer articles into each.")
        ) from error


def _doc(document: Document) -> Doc:
    from spacy.tokens import Span

    text = document.article.text or ""
    doc = _tokenized(text, document.article.language)
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    names = short_ids(span.id for span in document.spans)
    groups: dict[str, list[Span]] = {layer: [] for layer in LAYERS}
    left: list[str] = []
    for span in document.spans:
        places = [(starts.get(f.start), ends.get(f.end)) for f in span.fragments]
        if document.article.text is None or any(None in place for place in places):
            left.append(span.id)
            continue
        layer = layer_of(span)
        groups[layer] += [
            Span(doc, first, stop, label=type_of(span) or layer, span_id=names[span.id])
            for first, stop in places
            if first is not None and stop is not None
        ]
    for layer, spans in groups.items():
        doc.spans[layer] = spans
    doc.user_data[KEY] = msgspec.to_builtins(_stored(document, left))
    return doc


def _tokenized(text: str, language: str) -> Doc:
    doc = _tokenizer(language.partition("-")[0])(text)
    return doc if doc.text == text else _tokenizer("en")(text)


@cache
def _tokenizer(language: str) -> Callable[[str], Doc]:
    """spaCy's tokenizer for a language, or the English one where it has none installed."""
    import spacy
    from spacy.util import find_matching_language

    try:
        return spacy.blank(find_matching_language(language) or language).tokenizer
    except ImportError:
        return spacy.blank("en").tokenizer


def _stored(document: Document, left: list[str]) -> Stored:
    return Stored(
        schema=SCHEMA_VERSION,
        article=msgspec.structs.replace(document.article, text=None),
        standoff=document.article.text is None,
        spans=[msgspec.structs.replace(span, text=None) for span in document.spans],
        relations=list(document.relations),
        not_on_tokens=left,
    )
