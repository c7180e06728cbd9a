"""Finding one document by its id."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import msgspec
import pyarrow.compute as pc

from newspan.corpus.hydrate import hydrated_article
from newspan.corpus.load import Corpus, load
from newspan.errors import Fault, NewspanError
from newspan.formats import read
from newspan.schema.invariants import check, slice_text
from newspan.schema.model import Document

__all__ = ["find_document", "with_words"]


def find_document(article_id: str, path: Path | None, hydrated: Path) -> Document:
    """The document of an article in a corpus or a file, with its words where they are.

    A stand-off document gets its text from the folder `hydrated`, if it is there.
    Raises NewspanError, with the nearest ids, where there is no such article.
    """
    if path is not None and path.is_file():
        found = {d.article.id: d for d in read(path)}
        if article_id not in found:
            raise _unknown(article_id, list(found))
        return with_words(found[article_id], hydrated)
    corpus = load(path)
    ids = corpus.articles["id"].to_pylist()
    if article_id not in ids:
        raise _unknown(article_id, ids)
    own = Corpus(
        corpus.articles.filter(pc.equal(corpus.articles["id"], article_id)),
        corpus.spans.filter(pc.equal(corpus.spans["article_id"], article_id)),
        corpus.relations.filter(pc.equal(corpus.relations["article_id"], article_id)),
        corpus.entities,
    )
    return with_words(next(own.documents()), hydrated)


def with_words(document: Document, hydrated: Path) -> Document:
    """A stand-off document with its text from `hydrated`, proven; others as they are."""
    if document.article.text is not None:
        return document
    article = hydrated_article(document.article, hydrated)
    text = article.text
    if text is None:
        return document
    spans = tuple(
        msgspec.structs.replace(s, text=slice_text(text, s.fragments)) for s in document.spans
    )
    return check(msgspec.structs.replace(document, article=article, spans=spans))


def _unknown(article_id: str, ids: list[str]) -> NewspanError:
    near = get_close_matches(article_id, ids, n=3, cutoff=0.4)
    return NewspanError(
        Fault(
            f"no article {article_id!r}.",
            f"Did you mean {' or '.join(near)}?" if near else "See `newspan info`.",
        )
    )
