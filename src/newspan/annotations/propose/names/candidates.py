"""Stretches of a text that may be names, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newspan.annotations.propose.names.gazetteer import gazetteer
from newspan.annotations.propose.names.kinds import ACTOR_TYPES, heading
from newspan.annotations.propose.names.lexicon import words
from newspan.annotations.propose.tokens import tokens_with

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Span, Token

__all__ = ["LABELS", "Candidate", "candidates", "known_names"]

LABELS = {"PERSON": "actor", "ORG": "actor", "GPE": "place", "LOC": "place", "FAC": "place"}
"""The model's labels of names, and what they name."""
_OTHER = frozenset({"NORP", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL",
                    "LANGUAGE"})  # fmt: skip
_SMALL = frozenset({"the", "of", "and", "for", "de", "al", "el", "la", "on", "in", "d'", "d’"})
_POSSESSIVE = ("'s", "’s", "'", "’")
_LONGEST_NAME = 8
"""Tokens that a name is lengthened by at most."""


class Candidate(NamedTuple):
    """A stretch that may be a name."""

    span: Span
    label: str | None
    """The model's label, where it has found the name."""


def candidates(doc: Doc, known: Sequence[tuple[int, int]]) -> list[Candidate]:
    """The stretches in a text that may be names; `known` are those of the gazetteer."""
    from spacy.util import filter_spans

    labels: dict[tuple[int, int], str] = {}
    spans: list[Span] = []
    for entity in doc.ents:
        if entity.label_ in LABELS:
            for part in _parts(entity):
                if (span := _trimmed(part)) is not None:
                    span = _lengthened(span)
                    labels[span.start, span.end] = entity.label_
                    spans.append(span)
    spans += [doc[start:end] for start, end in known]
    spans += [_lengthened(span) for span in (*_runs(doc), *_opening(doc))]
    spans += list(_described(doc))
    kept = [span for span in filter_spans(spans) if _is_name(span)]
    kept += _repeated(doc, kept, labels)
    return [Candidate(span, labels.get((span.start, span.end))) for span in kept]


def known_names(doc: Doc, nlp: Language) -> Iterator[tuple[int, int]]:
    """Tokens (start, end) of names that the gazetteer knows, as they are written."""
    for _, start, end in _matcher(nlp)(doc):
        span = doc[start:end]
        if all(t.is_title or t.is_upper or t.lower_ in _SMALL or t.is_punct for t in span):
            yield start, end


def _is_name(span: Span) -> bool:
    titles = words("words.yaml", "person_titles") | words("words.yaml", "title_lead")
    if all(token.lower_ in titles for token in span):
        return False
    if len(span) > 1:
        return span[-1].lower_ not in words("words.yaml", "no_names") or heading(span.text) is None
    token = span[0]
    if token.text in gazetteer().places or token.text in gazetteer().bodies:
        return True
    common = token.is_sent_start and token.tag_ not in ("NNP", "NNPS")
    return token.lower_ not in words("words.yaml", "no_names") and not common


def _parts(entity: Span) -> Iterator[Span]:
    """The entity without line breaks, and without the possessor of a name of its own."""
    start = entity.start
    for token in entity:
        if token.is_space or _has_own_name(token, entity):
            if token.i > start:
                yield _labelled(entity, start, token.i)
            start = token.i + 1
    if entity.end > start:
        yield _labelled(entity, start, entity.end)


def _labelled(entity: Span, start: int, end: int) -> Span:
    """A part of an entity with its label, which a slice would not have."""
    from spacy.tokens import Span

    return Span(entity.doc, start, end, label=entity.label_)


def _has_own_name(possessive: Token, entity: Span) -> bool:
    """Whether what is possessed is a name by itself: "Ledora's Storm Guard", not "St Orla's"."""
    rest = entity.doc[possessive.i + 1 : entity.end]
    return possessive.text in _POSSESSIVE and len(rest) > 1 and rest[0].text[0].isupper()


def _trimmed(span: Span) -> Span | None:
    """The name without article, title, possessive and punctuation at its edges."""
    doc, start, end = span.doc, span.start, span.end
    articles = ("the", "a", "an", *_POSSESSIVE)
    while start < end and (
        doc[start].is_punct or doc[start].is_space or doc[start].lower_ in articles
    ):
        start += 1
    while end > start and (
        doc[end - 1].text in _POSSESSIVE or doc[end - 1].is_space
        or (doc[end - 1].is_punct and doc[end - 1].text != ")")
    ):  # fmt: skip
        end -= 1
    if start == end or not any(t.text[0].isupper() or t.text[0].isdigit() for t in doc[start:end]):
        return None
    return _untitled(doc[start:end], span.label_ == "PERSON")


def _runs(doc: Doc) -> Iterator[Span]:
    """Runs of proper nouns that no entity of another kind covers."""
    start = end = -1
    for token in tokens_with(doc, "POS", ["PROPN"]):
        if token.ent_type_ in _OTHER or not token.text[0].isupper():
            continue
        if token.i != end:
            if start >= 0 and (span := _untitled(doc[start:end], False)) is not None:
                yield span
            start = token.i
        end = token.i + 1
    if start >= 0 and (span := _untitled(doc[start:end], False)) is not None:
        yield span


def _untitled(span: Span, person: bool) -> Span | None:
    """What follows the last title in the stretch; all of it where that is nothing, or a body."""
    titles = words("words.yaml", "person_titles")
    doc = span.doc
    span = _after_office(span)
    at = [t.i for t in span if t.lower_ in titles and t.i < span.end - 1]
    if at and (person or heading(doc[at[-1] + 1 : span.end].text) is None):
        start = at[-1] + 1
        if doc[start].lower_ in ("of", "for"):
            return span if heading(span.text) in ACTOR_TYPES else None
        span = doc[start : span.end]
    elif span[-1].lower_ in titles | words("words.yaml", "title_lead"):
        return None
    alone = len(span) == 1 and (span[0].is_sent_start or len(span.text) < 2)
    return None if alone and not person and span[0].ent_type_ not in LABELS else span


def _after_office(span: Span) -> Span:
    """ "Marco Rubio" of "State Marco Rubio", where "Secretary of" stands before."""
    doc, start = span.doc, span.start
    if start < 2 or doc[start - 1].lower_ != "of":
        return span
    if doc[start - 2].lower_ not in words("words.yaml", "of_titles"):
        return span
    start += 1
    if start + 1 < span.end and doc[start].lower_ == "for":
        start += 2
    return doc[start : span.end] if span.end - start > 1 else span


def _lengthened(span: Span) -> Span:
    """A body's name with what "of", "for" and "and" add to it."""
    if heading(span.text) not in ACTOR_TYPES:
        return span
    doc, end = span.doc, span.end
    while end < min(len(doc), span.start + _LONGEST_NAME):
        joint = doc[end].lower_
        step = end + 1
        if joint not in ("of", "for", "and", "&", "to") or step >= len(doc):
            break
        if joint == "and" and not {"of", "for"} & {t.lower_ for t in span.doc[span.start : end]}:
            break
        if doc[step].lower_ == "the":
            step += 1
        run = step
        while run < len(doc) and _is_capitalised(doc[run]):
            run += 1
        if run == step or (joint == "and" and doc[run - 1].tag_ not in ("NNPS", "NNS")):
            break  # "of Mine and Quarry Workers"; not "of Defence and Hamas"
        end = run
    return doc[span.start : end]


def _is_capitalised(token: Token) -> bool:
    return token.text[0].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ")


def _opening(doc: Doc) -> Iterator[Span]:
    """Words in capitals that begin the text before a comma or a dash: a dateline's place."""
    end = 0
    while end < min(len(doc), 6) and doc[end].is_upper and doc[end].is_alpha:
        end += 1
    if 0 < end < len(doc) and doc[end].text in (",", "(", "-", "–", "—", "/"):
        yield doc[:end]


def _described(doc: Doc) -> Iterator[Span]:
    """Names that end in a lower-case noun: "the Ledoran navy", "Saltmere hospital"."""
    bodies = words("words.yaml", "descriptive_bodies")
    places = words("words.yaml", "descriptive_places")
    for token in tokens_with(doc, "ORTH", bodies | places):
        body = token.lower_ in bodies
        if token.i == 0:
            continue
        start = token.i
        while start > 0 and start > token.i - 4 and _describes(doc[start - 1], body):
            start -= 1
        if start < token.i and doc[start].text in _POSSESSIVE:
            start += 1
        first = doc[start]
        common = first.is_stop or (first.is_sent_start and first.pos_ != "PROPN")
        named = first.text[0].isupper() and not common
        if start < token.i and named and (body or first.ent_type_ != "NORP"):
            yield doc[start : token.i + 1]


def _describes(token: Token, body: bool) -> bool:
    if token.text in _POSSESSIVE:
        return body
    if token.text[0].isupper() and (token.pos_ == "PROPN" or token.ent_type_ == "NORP"):
        return True
    nominal = token.pos_ in ("ADJ", "NOUN", "PROPN") and token.dep_ in ("amod", "compound")
    return token.is_lower and nominal


def _repeated(
    doc: Doc, spans: list[Span], labels: dict[tuple[int, int], str]
) -> list[Span]:  # fmt: skip
    """Further mentions of the names found: whole, or a person's last name alone."""
    covered = {token.i for span in spans for token in span}
    known = {span.text for span in spans if len(span) == 1}
    for span in spans:
        if len(span) > 1 and labels.get((span.start, span.end)) == "PERSON":
            known.add(span[-1].text)
    known = {name for name in known if len(name) > 2 and name[0].isupper()}
    return [
        doc[token.i : token.i + 1]
        for token in tokens_with(doc, "ORTH", known)
        if token.i not in covered and token.ent_type_ not in _OTHER
    ]


_MATCHERS: dict[int, PhraseMatcher] = {}
"""Vocabulary to its matcher; the tokens of a name are those of one model."""


def _matcher(nlp: Language) -> PhraseMatcher:
    """A matcher of all names of the gazetteer, made once for a model."""
    if id(nlp.vocab) not in _MATCHERS:
        from spacy.matcher import PhraseMatcher

        made = PhraseMatcher(nlp.vocab)
        made.add("NAMES", [nlp.make_doc(name) for name in gazetteer().names()])
        _MATCHERS[id(nlp.vocab)] = made
    return _MATCHERS[id(nlp.vocab)]
