"""What the bare model finds, as documents: the yardstick of the proposer's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newspan.annotations.propose.draft import Draft, Proposal
from newspan.annotations.propose.language import parsed
from newspan.annotations.propose.names.candidates import LABELS
from newspan.annotations.propose.pipeline import as_document
from newspan.schema.model import Article, Document

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["bare_names"]


def bare_names(articles: Iterable[Article], nlp: Language) -> Iterator[Document]:
    """The model's people and organisations as actors, its places as locations; nothing else is
    done to them. Groups by nationality and faith are left out, as the guidelines do not mark them.
    """
    kept = list(articles)
    who = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    texts = (article.text or "" for article in kept)
    for article, doc in zip(kept, parsed(nlp, texts), strict=True):
        made = Draft()
        for entity in doc.ents:
            words = entity.text.strip()
            start = entity.start_char + entity.text.index(words)
            at = ((start, start + len(words)),)
            if LABELS.get(entity.label_) == "actor":
                kind = "person" if entity.label_ == "PERSON" else "organization"
                made.spans.append(Proposal("actor", at, {"type": kind}))
            elif LABELS.get(entity.label_) == "place":
                made.spans.append(Proposal("location", at, {"kind": "city"}))
        yield as_document(article, made, who)
