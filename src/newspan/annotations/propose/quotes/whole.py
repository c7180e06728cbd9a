"""All quotes of a text: cues and what they introduce, put together and made proposals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from newspan.annotations.propose.draft import Proposal, Tie
from newspan.annotations.propose.quotes.chains import go_on
from newspan.annotations.propose.quotes.channels import channel_of, medium_of, platforms_in
from newspan.annotations.propose.quotes.content import content_of
from newspan.annotations.propose.quotes.cues import Cue, cues_of
from newspan.annotations.propose.quotes.found import Found
from newspan.annotations.propose.quotes.kinds import speaker_kind
from newspan.annotations.propose.quotes.mentions import Mention, MentionKind, mention_of
from newspan.annotations.propose.quotes.shapes import SUBJECTS
from newspan.annotations.propose.quotes.speakers import speakers_of
from newspan.annotations.propose.quotes.units import Layout, Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from newspan.annotations.propose.quotes.aside import Content

__all__ = ["QuoteDraft", "Source", "quote_draft"]

_NEAR = 8
"""A cue looks at no more later cues of its sentence than this."""

_LONGEST, _MOST = 8_000, 40
"""Characters and cues of a sentence, words in marks included."""

_SCORES = {"direct": 0.95, "mixed": 0.85, "indirect": 0.8}
_UNCUED = 0.75
"""A quote without a cue is as likely as this part of one that has a cue."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who said a quote, or what carried it: the stretch that mentions the source."""

    quote: Proposal
    start: int
    end: int
    relation: Literal["said_by", "via"]
    mention: MentionKind


@dataclass(slots=True)
class QuoteDraft:
    """Quotes and cues of one text, the ties between them, and the sources of the quotes."""

    spans: list[Proposal] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def quote_draft(doc: Doc) -> QuoteDraft:
    """The quotes of a parsed text, with cues, ties and sources. Nothing is ever raised."""
    layout = Layout(doc)
    found = _by_cues(layout)
    go_on(layout, found)
    found = _without_crossing(found)
    return _proposed(layout, found)


def _by_cues(layout: Layout) -> list[Found]:
    found: list[Found] = []
    platforms = platforms_in(layout.doc)
    for unit, cue in _cues_with_units(layout):
        content = content_of(layout, unit, cue)
        if content is None:
            continue
        heads = speakers_of(cue)
        medium = medium_of(cue)
        one = Found(unit, content, (cue.start, cue.end), cue.polarity, by=cue, medium=medium)
        one.speakers = _mentions(heads, content)
        own = cue.passive or any(child.dep_ in SUBJECTS for child in cue.verb.lefts)
        joined = not own and (cue.verb.tag_ == "VBG" or cue.verb.dep_ == "conj")
        if not one.speakers and joined and found and found[-1].unit is unit:
            one.speakers = list(found[-1].speakers)
        one.channel = channel_of(cue, heads[0] if heads else None, medium, platforms)
        _inherit(one, found)
        found.append(one)
        if content.beside:
            unit.begin = max(unit.begin, cue.end)
    return found


def _cues_with_units(layout: Layout) -> list[tuple[Unit, Cue]]:
    pairs = [
        (unit, cue) for cue in cues_of(layout.doc) if (unit := layout.unit_of(cue.verb)) is not None
    ]
    together: dict[int, list[Cue]] = {}
    for unit, cue in pairs:
        for earlier in together.setdefault(id(unit), [])[-_NEAR:]:
            earlier.following.append(cue)
        together[id(unit)].append(cue)
        cue.scope_at, cue.body = layout.scope_at, unit.body
    return [(unit, cue) for unit, cue in pairs if _is_readable(unit, together[id(unit)])]


def _is_readable(unit: Unit, cues: list[Cue]) -> bool:
    """Whether it is a sentence of prose: in anything else the search would take too long."""
    return unit.end - unit.start <= _LONGEST and len(cues) <= _MOST


def _mentions(heads: list[Token], content: Content) -> list[Mention]:
    mentions: dict[tuple[int, int], Mention] = {}
    for head in heads:
        one = mention_of(head)
        if not any(start <= one.start < end for start, end in content.fragments):
            mentions.setdefault((one.start, one.end), one)
    return list(mentions.values())


def _inherit(one: Found, found: list[Found]) -> None:
    """A participle goes on with the utterance: "wrote on Pikter, adding that …"."""
    if one.by is None or one.channel is not None:
        return
    if (
        one.by.lemma in ("say", "add")
        and found
        and _is_taken_up(one)
        and (one.polarity == "asserted")
    ):
        before = found[-1]
        near = before.unit is one.unit or before.unit is one.unit.before
        one.channel = before.channel if near and before.by is not None else None
        return
    if one.by.verb.dep_ != "advcl":
        return
    for other in reversed(found):
        if other.unit is not one.unit:
            return
        if other.by is not None and other.by.verb == one.by.verb.head:
            one.channel = other.channel
            return


def _is_taken_up(one: Found) -> bool:
    """Whether a pronoun, or "the ministry added", goes on with the speaker before."""
    added = one.by is not None and one.by.lemma == "add"
    return len(one.speakers) == 1 and (one.speakers[0].kind == "pronoun" or added)


def _without_crossing(found: list[Found]) -> list[Found]:
    """Those that nest or lie apart; of two that cross, or are the same, the first."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.content.fragments[-1][1])):
        if not any(_cross(one.content.fragments, other.content.fragments) for other in kept[-12:]):
            kept.append(one)
    return kept


def _cross(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    if one == other:
        return True
    for a, b in one:
        for c, d in other:
            if a < d and c < b and not ((a <= c and d <= b) or (c <= a and b <= d)):
                return True
    touching = any(b == c or d == a for a, b in one for c, d in other)
    return touching and len(one) + len(other) > 64


def _others_words(found: list[Found]) -> dict[tuple[int, int], int]:
    """How often a fragment is the content of a quote that names its speaker."""
    counts: dict[tuple[int, int], int] = {}
    for one in found:
        if not all(speaker.kind == "pronoun" for speaker in one.speakers):
            for fragment in one.content.fragments:
                counts[fragment] = counts.get(fragment, 0) + 1
    return counts


def _form(layout: Layout, one: Found, others: dict[tuple[int, int], int]) -> str:
    """direct, mixed or indirect (Q1a)."""
    scope = one.unit.scope
    in_marks = [
        layout.scope_at(start) != scope
        and layout.scope_at(end - 1) == layout.scope_at(start)
        and layout.stretches[layout.scope_at(start)].start <= start
        and any(f == (start, end) for f in layout.stretches[layout.scope_at(start)].fragments)
        for start, end in one.content.fragments
    ]
    if all(in_marks):
        return "mixed" if one.content.phrase else "direct"
    for unit in (one.unit, one.unit.before):
        for piece in unit.pieces if unit is not None else ():
            inside = any(s <= piece.start and piece.end <= e for s, e in one.content.fragments)
            if inside and (piece.start, piece.end) not in others:
                return "mixed"
    return "mixed" if any(in_marks) else "indirect"


def _proposed(layout: Layout, found: list[Found]) -> QuoteDraft:
    draft = QuoteDraft()
    before: list[tuple[Mention, str]] = []
    others = _others_words(found)
    for one in found:
        form = _form(layout, one, others)
        kind = speaker_kind(one.speakers, before)
        before += [(mention, kind) for mention in one.speakers]
        attributes = {"form": form, "polarity": one.polarity, "speaker": kind}
        if one.channel is not None:
            attributes["channel"] = one.channel
        score = _SCORES[form] * (1 if one.cue is not None else _UNCUED)
        quote = Proposal("quote", tuple(one.content.fragments), attributes, round(score, 2))
        draft.spans.append(quote)
        if one.cue is not None:
            cue = Proposal("cue", (one.cue,), {}, score)
            draft.spans.append(cue)
            draft.ties.append(Tie(cue, "cue_of", quote))
        for mention in one.speakers:
            draft.sources.append(Source(quote, mention.start, mention.end, "said_by", mention.kind))
        if one.medium is not None:
            medium = one.medium
            draft.sources.append(Source(quote, medium.start, medium.end, "via", medium.kind))
    return draft
