"""Where: "Town, Country", and the places in which figures hold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from newspan.annotations.propose.draft import Proposal, Tie
from newspan.annotations.propose.tokens import sentence_around, text_of, token_at

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["located", "town_and_country"]

_WIDER = ("country", "region")
_HELD = frozenset(
    {"in", "at", "near", "across", "throughout", "outside", "over", "on", "into", "toward",
     "towards", "around", "along", "below", "above", "inside", "through", "of", "off"}
)  # fmt: skip
_PLACED = ("count", "ratio", "percent")
_DISTANCE = re.compile(
    r"\s*(?:to the )?(?:(?:due |just )?(?:north|south|east|west|up|down)\w*(?:-\w+)?"
    r"|from|off|away|out|above|below|inland|outside|upstream|downstream)\b[\w ]{0,24}"
)
"""What stands between a distance and the place it is measured from."""


def town_and_country(doc: Doc, spans: Sequence[Proposal]) -> list[Tie]:
    """Ties from a place to the wider one named right after it (guidelines L3, L3a)."""
    places = sorted((p for p in spans if p.layer == "location"), key=lambda p: (p.start, -p.end))
    text = text_of(doc)
    made = []
    for inner, outer in pairwise(places):
        between = text[inner.end : outer.start]
        narrower = inner.attributes["kind"] != outer.attributes["kind"]
        if between == ", " and narrower and outer.attributes["kind"] in _WIDER:
            made.append(Tie(inner, "located_in", outer))
        elif between in ("'s ", "’s ") and outer.attributes["kind"] in ("facility", "district"):
            made.append(Tie(outer, "located_in", inner))
    return made


def located(doc: Doc, spans: Sequence[Proposal]) -> list[Tie]:
    """Ties from figures to the place where they hold, in the same sentence (guideline R6a)."""
    literal = sorted((p for p in spans if _is_literal(p)), key=lambda p: p.start)
    starts = [p.start for p in literal]
    text = text_of(doc)
    made = []
    for number in spans:
        if number.layer != "number" or not _has_place(number):
            continue
        token = token_at(doc, number.start)
        if token is None:
            continue
        begin, end = sentence_around(doc, token)
        first = bisect_left(starts, begin)
        last = bisect_left(starts, end)
        near = literal[first:last]
        place = None
        if number.attributes["kind"] == "measure":
            place = _measured_from(text, number, near)
        elif near:
            place = _place_of(doc, number, token, near)
        if place is not None:
            made.append(Tie(number, "located_in", place))
    return made


def _is_literal(place: Proposal) -> bool:
    return place.layer == "location" and place.attributes.get("usage", "literal") == "literal"


def _has_place(number: Proposal) -> bool:
    """Whether such figures hold somewhere: distances, and counts to which something happened."""
    kind = number.attributes.get("kind")
    return kind == "measure" or (kind in _PLACED and bool(number.attributes.get("property")))


def _measured_from(text: str, number: Proposal, places: Sequence[Proposal]) -> Proposal | None:
    """The place that a distance starts from, which stands right after it."""
    after = next((p for p in places if p.start > number.end), None)
    if after is None:
        return None
    return after if _DISTANCE.fullmatch(text[number.end : after.start]) else None


def _place_of(
    doc: Doc, number: Proposal, token: Token, places: Sequence[Proposal]
) -> Proposal | None:  # fmt: skip
    """The place of a count: what governs it is in the same clause, or it is the only one."""
    held = [p for p in places if _is_held(doc, p)]
    clause = _clause(token)
    own = [p for p in held if (at := token_at(doc, p.start)) is not None and clause in at.ancestors]
    near = own or (held if len(held) == 1 else [])
    datelines = [p for p in places if p.attributes.get("dateline")]
    near = near or datelines[:1]
    return min(near, key=lambda p: (abs(p.start - number.end), p.start), default=None)


def _is_held(doc: Doc, place: Proposal) -> bool:
    """Whether a preposition of place governs it."""
    token = token_at(doc, place.end - 1)
    return token is not None and token.dep_ == "pobj" and token.head.lower_ in _HELD


def _clause(token: Token) -> Token:
    """The verb of the clause that the token is in."""
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            return above
    return token
