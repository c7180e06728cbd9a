"""Proposals for documents: their spans and relations as a model would predict them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import tee
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from newspan.annotations.linking.names import EntityNames
from newspan.annotations.propose.draft import Draft, Proposal
from newspan.annotations.propose.language import chosen_model, is_english, language_model, parsed
from newspan.annotations.propose.whole import draft
from newspan.schema.invariants import slice_text
from newspan.schema.model import (
    LAYERS,
    AnySpan,
    Article,
    Document,
    Entity,
    Fragment,
    Relation,
    relation_id,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Unread", "annotator_name", "as_document", "propose"]

_PROPOSED = "proposed"
"""The pass in the ids of proposals."""
_LETTERS = {"actor": "a", "location": "l", "number": "n", "quote": "q", "cue": "c", "counted": "k"}
_RANK = {layer: rank for rank, layer in enumerate(LAYERS)}


def annotator_name(nlp: Language) -> str:
    """Name and version of who proposes: this package's rules over that model."""
    meta = nlp.meta
    own = version("newspan")
    return f"newspan-rules-{own}+{meta['lang']}_{meta['name']}-{meta['version']}"


class Unread(NamedTuple):
    """An article that got no proposals, and why."""

    article_id: str
    why: str


def propose(
    documents: Iterable[Document],
    model: str | None = None,
    *,
    entities: Mapping[str, Entity] | None = None,
    unread: list[Unread] | None = None,
    batch: int = 16,
) -> Iterator[Document]:
    """The documents with proposals in the place of their annotation, in order.

    Names that can mean only one of `entities` get its key. An article without a text or in
    another language than English stays without spans and is added to `unread`. Raises
    MissingExtra without the model; texts are never changed.
    """
    nlp = language_model(chosen_model(model))
    proposer = _Proposer(nlp, EntityNames(entities or {}))
    skipped = [] if unread is None else unread
    ours, theirs = tee(documents)
    texts = (d.article.text or "" if _why_not(d.article) is None else "" for d in theirs)
    for document, doc in zip(ours, parsed(nlp, texts, batch), strict=True):
        article = document.article
        why = _why_not(article)
        if why is None and not is_english(doc):
            why = "its words are not English"
        if why is not None:
            skipped.append(Unread(article.id, why))
            yield Document(article=article)
        else:
            yield proposer.document(article, doc)


def _why_not(article: Article) -> str | None:
    """Why an article cannot be read, before anything is parsed."""
    if article.text is None:
        return "it has no text here; hydrate it"
    if article.language.split("-")[0] != "en":
        return f"its language is {article.language}"
    return None


class _Proposer:
    """Makes documents of parsed texts."""

    def __init__(self, nlp: Language, names: EntityNames) -> None:
        self._nlp, self._names = nlp, names
        self._who = annotator_name(nlp)

    def document(self, article: Article, doc: Doc) -> Document:
        """The article with its proposals; spans numbered by layer in the order of the text."""
        text = article.text or ""
        made = draft(doc, self._nlp)
        self._link(made, text)
        return as_document(article, made, self._who)

    def _link(self, made: Draft, text: str) -> None:
        for proposal in made.spans:
            named = proposal.attributes.get("mention", "name") == "name"
            if proposal.layer in ("actor", "location") and named:
                name = text[proposal.start : proposal.end]
                key = self._names.key_of(proposal.layer, name, proposal.attributes)
                if key is not None:
                    proposal.attributes = {**proposal.attributes, "entity": key}


def as_document(article: Article, made: Draft, who: str) -> Document:
    """The draft as a document; spans numbered by layer in the order of the text."""
    text = article.text or ""
    ordered = sorted(made.spans, key=lambda p: (p.start, -p.end, _RANK[p.layer]))
    counts = dict.fromkeys(LAYERS, 0)
    ids: dict[int, str] = {}
    spans: list[AnySpan] = []
    for proposal in ordered:
        counts[proposal.layer] += 1
        region = f"{_LETTERS[proposal.layer]}{counts[proposal.layer]}"
        ids[id(proposal)] = f"{article.id}/{_PROPOSED}/{region}"
        spans.append(_span(proposal, ids[id(proposal)], text, who))
    relations = {}
    for tie in made.ties:
        head, tail = ids[id(tie.head)], ids[id(tie.tail)]
        name = relation_id(head, tie.type, tail)
        relations[name] = Relation(id=name, type=tie.type, head=head, tail=tail)  # type: ignore[arg-type]
    return Document(
        article=article,
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.end, span.id))),
        relations=tuple(r for _, r in sorted(relations.items())),
    )


def _span(proposal: Proposal, span_id: str, text: str, who: str) -> AnySpan:
    fragments = tuple(Fragment(start, end) for start, end in proposal.fragments)
    values: dict[str, Any] = {
        "id": span_id, "fragments": fragments, "start": proposal.start, "end": proposal.end,
        "text": slice_text(text, fragments), "annotator": who, "annotator_kind": "model",
        "status": "prediction", "score": round(proposal.score, 3), **proposal.attributes,
    }  # fmt: skip
    return msgspec.convert({"layer": proposal.layer, **values}, LAYERS[proposal.layer])  # type: ignore[return-value]
