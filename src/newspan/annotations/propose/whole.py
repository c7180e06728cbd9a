"""All proposals for one text: names, numbers and quotes put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newspan.annotations.propose.draft import Draft, Tie
from newspan.annotations.propose.names.mentions import mentions
from newspan.annotations.propose.names.roles import name_proposal
from newspan.annotations.propose.names.sources import Actors
from newspan.annotations.propose.numbers import number_draft
from newspan.annotations.propose.places import located, town_and_country
from newspan.annotations.propose.quotes import quote_draft
from newspan.annotations.propose.reckoning import according

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["draft"]


def draft(doc: Doc, nlp: Language) -> Draft:
    """Proposals of all layers for a parsed text, with the relations between them."""
    quotes = quote_draft(doc)
    speaking = {(s.start, s.end) for s in quotes.sources}
    names = [
        name_proposal(m, (m.span.start_char, m.span.end_char) in speaking)
        for m in mentions(doc, nlp)
    ]
    made = Draft([*quotes.spans], [*quotes.ties])
    actors = Actors(p for p in names if p.layer == "actor")
    for source in quotes.sources:
        actor = actors.at_source(doc, source)
        if actor is not None:
            made.ties.append(Tie(source.quote, source.relation, actor))
    made.take(number_draft(doc, nlp))
    made.ties += according(doc, made.spans, actors, names)
    made.spans += [p for p in names if p.layer != "actor"]
    made.spans += actors
    made.ties += town_and_country(doc, made.spans)
    made.ties += located(doc, made.spans)
    _leave_no_doubles(made)
    return made


def _leave_no_doubles(made: Draft) -> None:
    """One span a stretch of a layer, and a place that speaks is no location as well."""
    actors = {p.fragments for p in made.spans if p.layer == "actor"}
    seen: set[tuple[str, tuple[tuple[int, int], ...]]] = set()
    kept = []
    for proposal in made.spans:
        key = (proposal.layer, proposal.fragments)
        if key in seen or (proposal.layer == "location" and proposal.fragments in actors):
            continue
        seen.add(key)
        kept.append(proposal)
    held = set(map(id, kept))
    made.spans[:] = kept
    made.ties[:] = [t for t in made.ties if id(t.head) in held and id(t.tail) in held]
