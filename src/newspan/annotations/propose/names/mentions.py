"""Names in a text: where each stands, and whether it names somebody or some place.

The model's entities come first. What it misses or calls differently from one place to the
next is settled over the whole text: by a gazetteer, by the words in a name, by what stands
beside its other mentions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newspan.annotations.propose.names.candidates import (
    LABELS,
    Candidate,
    candidates,
    known_names,
)
from newspan.annotations.propose.names.gazetteer import gazetteer
from newspan.annotations.propose.names.kinds import PLACE_KINDS, heading
from newspan.annotations.propose.names.lexicon import words
from newspan.annotations.propose.names.titles import title_before

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

__all__ = ["ACTOR", "PLACE", "Mention", "in_dateline", "mentions"]

ACTOR, PLACE = "actor", "place"
_DATELINE_TOKENS = 16
_WITHIN = frozenset({"in", "at", "near", "into", "outside", "around", "across", "throughout"})
_DEMONYM = ("ian", "ean", "an", "ese", "i", "ish", "n")
_SAYING = frozenset({"say", "tell", "add", "ask", "write", "call", "warn", "announce"})


@dataclass(slots=True, eq=False)
class Mention:
    """A name where it stands."""

    span: Span
    label: str | None
    """The model's label, where it has found the name."""
    sort: str
    """ACTOR or PLACE."""
    title: str | None = None
    nested: bool = False
    """Whether it stands within another name."""
    country: bool = False
    """Whether the text treats it as a country, by a demonym or by what it possesses."""

    @property
    def text(self) -> str:
        """The words of the name."""
        return str(self.span.text)


def mentions(doc: Doc, nlp: Language) -> list[Mention]:
    """The names of a text in order, the longer before those within it."""
    known = sorted(known_names(doc, nlp))
    found = candidates(doc, known)
    text = _Known(doc, found)
    sorts = _sorts(found, text)
    stems = {_stem(name) for name, sort in sorts.items() if sort == PLACE}
    made = [
        Mention(
            c.span,
            "PERSON" if c.span.text in text.persons else c.label,
            sorts[_key(c.span)],
            country=_key(c.span) in text.countries,
        )
        for c in found
        if sorts[_key(c.span)] == PLACE or not stems & demonym_stems(c.span.text)
    ]
    made += _nested(doc, made, known)
    platforms = gazetteer().platforms
    kept = [m for m in made if m.text not in platforms]
    for mention in kept:
        if mention.sort == ACTOR and not mention.nested:
            mention.title = title_before(mention.span)
    return sorted(kept, key=lambda m: (m.span.start, -m.span.end))


def _key(span: Span) -> str:
    """The name as it is counted: capitals of a dateline or a heading make no other name."""
    name = str(span.text)
    return name.title() if name.isupper() and len(name) > 4 else name


class _Known:
    """What a text says of its names as a whole."""

    def __init__(self, doc: Doc, found: Sequence[Candidate]) -> None:
        self.persons = {
            c.span[-1].text for c in found if c.label == "PERSON" and len(c.span) > 1
        }  # fmt: skip
        self.persons |= {c.span.text for c in found if len(c.span) > 1 and _is_speaking(c.span)}
        forms = (doc.vocab.strings[int(form)] for form in np.unique(doc.to_array("ORTH")))
        capitals = {form for form in forms if len(form) > 4 and form[0].isupper()}
        stems = {stem for word in capitals for stem in demonym_stems(word)}
        self.countries = {
            name
            for name in {_key(c.span) for c in found}
            if " " not in name and len(name) > 3 and _stem(name) in stems
        }
        self.countries |= {_key(c.span) for c in found if _possesses_state(c.span)}
        self.countries -= self.persons


def _is_speaking(span: Span) -> bool:
    """Whether it is two words or three without a common one, and says something."""
    verb = span.root.head
    plain = heading(span.text) is None and span.text not in gazetteer().places
    return plain and span.root.dep_ == "nsubj" and verb.lemma_ in _SAYING


def _possesses_state(span: Span) -> bool:
    doc, end = span.doc, span.end
    if end + 1 >= len(doc) or doc[end].text not in ("'s", "’s"):
        return False
    return doc[end + 1].lower_ in words("words.yaml", "of_states")


def _sorts(found: Sequence[Candidate], known: _Known) -> dict[str, str]:
    """Each name's sort: what the evidence of all its mentions says."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span, label in found:
        name = _key(span)
        if name not in votes:
            _by_name(name, votes[name], known)
        if label is not None:
            votes[name][LABELS[label]] += 2 if len(span) > 1 else 1
        _by_neighbours(span, votes[name])
    return {name: PLACE if count[PLACE] > count[ACTOR] else ACTOR for name, count in votes.items()}


def _by_name(name: str, votes: Counter[str], text: _Known) -> None:
    known = gazetteer()
    if name in known.bodies or name in text.persons:
        votes[ACTOR] += 9
    elif name in known.places or name in known.houses:
        votes[PLACE] += 9
    elif name in text.countries:
        votes[PLACE] += 6
    elif (found := heading(name)) is not None:
        votes[PLACE if found in PLACE_KINDS else ACTOR] += 6


def _stem(name: str) -> str:
    """What a place's name has in common with the word for its people."""
    stem = name.rstrip("aeiouy")
    return stem if len(stem) > 3 else name


def demonym_stems(word: str) -> set[str]:
    """What the word may be made from, as "Ledoran" is from "Ledor" of "Ledora"."""
    singular = word.removesuffix("s")
    return {
        stem.rstrip("aeiouy")
        for form in (word, singular)
        for suffix in _DEMONYM
        if len(stem := form.removesuffix(suffix)) < len(form) and len(stem) > 3
    }


def _by_neighbours(span: Span, votes: Counter[str]) -> None:
    doc, end = span.doc, span.end
    lead = doc[span.start - 1] if span.start else None
    if lead is not None and lead.lower_ == "the" and lead.i > 0:
        lead = doc[lead.i - 1]
    if lead is not None and lead.lower_ in _WITHIN and lead.dep_ == "prep":
        votes[PLACE] += 3
    if lead is not None and lead.lower_ in words("words.yaml", "person_titles"):
        votes[ACTOR] += 3
    if in_dateline(span):
        votes[PLACE] += 9
    verb = span.root.head
    if span.root.dep_ == "nsubj" and verb.pos_ == "VERB":
        votes[ACTOR] += 3 if len(span) > 1 and verb.lemma_ in _SAYING else 1
    after = doc[end].text if end < len(doc) else ""
    beyond = doc[end + 1] if end + 1 < len(doc) else None
    if beyond is not None and after == "," and beyond.text.isdigit() and len(beyond.text) < 3:
        votes[ACTOR] += 3  # an age
    first = span.root.head
    if span.root.dep_ == "conj" and first.text in gazetteer().places:
        votes[PLACE] += 4  # one of a list of places


def in_dateline(span: Span) -> bool:
    """Whether the name begins the text and a dash follows soon on the same line."""
    if span.start > _DATELINE_TOKENS:
        return False
    line = span.doc[: 2 * _DATELINE_TOKENS].text[:100].split("\n", 1)[0]
    dash = re.search(r"\s[—–-]\s|\w —|\) [—–-]", line)
    if dash is None or span.end_char > dash.end():
        return False
    return span.start == 0 or not any(t.pos_ in ("VERB", "AUX") for t in span.doc[: span.start])


def _nested(
    doc: Doc, whole: Sequence[Mention], known_at: Sequence[tuple[int, int]]
) -> list[Mention]:
    """Names within names of bodies: known ones, and those that stand alone elsewhere."""
    known = gazetteer()
    alone = {m.text: m.sort for m in whole if m.text[0].isupper() and len(m.text) > 1}
    made: dict[tuple[int, int], Mention] = {}
    for mention in whole:
        span = mention.span
        if len(span) < 2 or mention.label == "PERSON" or mention.text in known.places:
            continue
        first = bisect_left(known_at, (span.start, 0))
        last = bisect_left(known_at, (span.end, 0))
        inner = [at for at in known_at[first:last] if at[1] <= span.end]
        inner += [(token.i, token.i + 1) for token in span if token.text in alone]
        for start, end in inner:
            own = doc[start:end]
            sort = alone.get(own.text) or (ACTOR if own.text in known.bodies else PLACE)
            within_place = mention.sort == PLACE and sort == PLACE
            short_form = sort == ACTOR and end == span.end
            if len(own) < len(span) and not within_place and not short_form:
                made.setdefault((start, end), Mention(own, None, sort, nested=True))
    return list(made.values())
