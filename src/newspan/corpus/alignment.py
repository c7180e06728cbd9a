"""Lining up an owner's copy with the fingerprints of a stand-off record.

A record holds digests only, so what is found is proved, never guessed: a paragraph is the
annotated one if its SHA-256 is. Where a paragraph of the copy has another digest, the common
ways in which copies differ are tried on it (`variants`); one whose digest is the recorded
one *is* the annotated paragraph, and tells where the copy departs from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from newspan.corpus.variants import recover
from newspan.schema.model import Article
from newspan.text import fingerprint

__all__ = ["Alignment", "Anchor", "Difference", "align", "count_known"]

NEAR_SHARE = 0.5
"""A copy that has fewer of the record's paragraphs than this share is another text."""

Status = Literal["exact", "restored", "near", "differs"]


class Difference(NamedTuple):
    """One place where the copy departs from the annotated text."""

    paragraph: int
    """Number of the paragraph in the annotated text, from 1."""
    copy_paragraph: int | None
    """Number of the paragraph in the copy, from 1; None where the copy has none for it."""
    copy_length: int | None
    """Its length in code points."""
    length: int | None = None
    """Length of the annotated paragraph in code points, where it is known."""
    place: int | None = None
    """First differing code point within the paragraph, where both sides are known."""
    annotated: str | None = None
    """What the annotated text has at `place` ("" at the end); None where not known."""
    copy: str | None = None
    """What the copy has there."""

    def __str__(self) -> str:
        where = f"paragraph {self.paragraph}"
        if self.copy_paragraph is None:
            return f"{where} is not in the copy"
        where += f" (the copy's {self.copy_paragraph}, {self.copy_length} characters)"
        if self.place is not None:
            return (
                f"{where} differs first at character {self.place}: annotated "
                f"{code_point(self.annotated)}, copy {code_point(self.copy)}"
            )
        known = f"; annotated with {self.length} characters" if self.length is not None else ""
        return f"{where} differs{known}"


class Anchor(NamedTuple):
    """A paragraph that both texts have, and where: offsets in code points."""

    start: int
    """Where it begins in the annotated text."""
    copy_start: int
    """Where it begins in `Alignment.text`."""
    length: int


class Alignment(NamedTuple):
    """What a copy is to a record."""

    status: Status
    """exact: the annotated text is in the copy. restored: it differs a little, and the
    annotated text was recovered and proved. near: some paragraphs match. differs: too few do."""
    text: str | None
    """exact, restored: the annotated text. near: that of the copy. differs: None."""
    known: int
    """How many of the record's paragraphs were found or recovered."""
    anchors: tuple[Anchor, ...] = ()
    """For near: the paragraphs that spans can be re-attached in."""
    differences: tuple[Difference, ...] = ()
    left_out: tuple[int, ...] = ()
    """Numbers of the copy's paragraphs that are no part of the report, from 1."""


def code_point(char: str | None) -> str:
    """A character for a message: U+XXXX and, if printable, the character."""
    if not char:
        return "nothing"
    shown = f" {char!r}" if char.isprintable() and not char.isspace() else ""
    return f"U+{ord(char):04X}{shown}"


def count_known(article: Article, paragraphs: Sequence[str]) -> int:
    """How many of the record's paragraphs a copy has, in any order: a quick measure."""
    return len(set(article.paragraph_sha256) & {fingerprint(p) for p in paragraphs})


def align(article: Article, paragraphs: Sequence[str]) -> Alignment:
    """Line up a copy's normalised paragraphs with the fingerprints of `article`."""
    wanted = article.paragraph_sha256
    digests = [fingerprint(p) for p in paragraphs]
    pairs = dict(_common(wanted, digests))
    known = {i: paragraphs[j] for i, j in pairs.items()}
    differences = []
    for gap, copies in _gaps(pairs, len(wanted), len(paragraphs)):
        for i, j, words in recover([wanted[i] for i in gap], [paragraphs[j] for j in copies]):
            number, copied = gap[i], copies[j]
            pairs[number], known[number] = copied, words
            differences.append(_proved(number, copied, words, paragraphs[copied]))
    left_out = tuple(j + 1 for j in range(len(paragraphs)) if j not in pairs.values())
    if len(known) == len(wanted):
        text = "\n\n".join(known[i] for i in range(len(wanted)))
        if fingerprint(text) == article.text_sha256:
            status: Status = "restored" if differences else "exact"
            return Alignment(status, text, len(known), (), tuple(differences), left_out)
    if len(known) < max(1.0, NEAR_SHARE * len(wanted)):
        differences += _unproved(article, pairs, known, paragraphs)
        return Alignment("differs", None, len(known), (), tuple(sorted(differences)))
    differences += _unproved(article, pairs, known, paragraphs)
    text, starts, used = _near_text(pairs, known, len(wanted), paragraphs)
    anchors = tuple(
        Anchor(start, starts[i], len(known[i]))
        for i, start in sorted(_starts(article.n_chars, known, len(wanted)).items())
    )
    left_out = tuple(j + 1 for j in range(len(paragraphs)) if j not in used)
    return Alignment("near", text, len(known), anchors, tuple(sorted(differences)), left_out)


def _common(wanted: Sequence[str], digests: Sequence[str]) -> list[tuple[int, int]]:
    """A longest common subsequence, as pairs of positions."""
    among = set(wanted)
    hits = [j for j, digest in enumerate(digests) if digest in among]
    rows = [[0] * (len(hits) + 1)]
    for digest in reversed(wanted):
        row, below = [0] * (len(hits) + 1), rows[-1]
        for k in range(len(hits) - 1, -1, -1):
            same = digests[hits[k]] == digest
            row[k] = below[k + 1] + 1 if same else max(below[k], row[k + 1])
        rows.append(row)
    rows.reverse()
    found, i, k = [], 0, 0
    while i < len(wanted) and k < len(hits):
        if digests[hits[k]] == wanted[i]:
            found.append((i, hits[k]))
            i, k = i + 1, k + 1
        elif rows[i + 1][k] >= rows[i][k + 1]:
            i += 1
        else:
            k += 1
    return found


def _gaps(pairs: dict[int, int], n_wanted: int, n_copies: int) -> list[tuple[list[int], list[int]]]:
    """Runs of record paragraphs without a match, each with the copy's paragraphs there."""
    found, last_i, last_j = [], -1, -1
    for i, j in [*sorted(pairs.items()), (n_wanted, n_copies)]:
        if i > last_i + 1:
            found.append((list(range(last_i + 1, i)), list(range(last_j + 1, j))))
        last_i, last_j = i, j
    return found


def _proved(number: int, copied: int, words: str, copy: str) -> Difference:
    place = next(
        (k for k, (a, b) in enumerate(zip(words, copy, strict=False)) if a != b),
        min(len(words), len(copy)),
    )
    sides = words[place : place + 1], copy[place : place + 1]
    return Difference(number + 1, copied + 1, len(copy), len(words), place, *sides)


def _unproved(
    article: Article, pairs: dict[int, int], known: dict[int, str], paragraphs: Sequence[str]
) -> list[Difference]:
    n_wanted = len(article.paragraph_sha256)
    spare = article.n_chars - sum(map(len, known.values())) - 2 * (n_wanted - 1)
    length = spare if len(known) == n_wanted - 1 else None
    found = []
    for gap, copies in _gaps(pairs, n_wanted, len(paragraphs)):
        partners = _partners(gap, copies, n_wanted)
        for i, j in zip(gap, [*partners, *[None] * len(gap)], strict=False):
            size = len(paragraphs[j]) if j is not None else None
            found.append(Difference(i + 1, None if j is None else j + 1, size, length))
    return found


def _partners(gap: Sequence[int], copies: Sequence[int], n_wanted: int) -> Sequence[int]:
    """The copy's paragraphs that stand for a gap; at the text's edges those next to it."""
    if gap[0] == 0 and gap[-1] == n_wanted - 1:
        return copies
    if gap[0] == 0:
        return copies[-len(gap) :]
    if gap[-1] == n_wanted - 1:
        return copies[: len(gap)]
    return copies


def _near_text(
    pairs: dict[int, int], known: dict[int, str], n_wanted: int, paragraphs: Sequence[str]
) -> tuple[str, dict[int, int], set[int]]:
    """The copy's report, where each known paragraph begins in it, and what was used of it."""
    gaps = {
        gap[0]: _partners(gap, copies, n_wanted)
        for gap, copies in _gaps(pairs, n_wanted, len(paragraphs))
    }
    pieces: list[tuple[int | None, str]] = []
    used = set(pairs.values())
    for i in range(n_wanted):
        if i in known:
            pieces.append((i, known[i]))
        for j in gaps.get(i, ()):
            pieces.append((None, paragraphs[j]))
            used.add(j)
    starts = accumulate((len(words) + 2 for _, words in pieces), initial=0)
    places = {i: start for (i, _), start in zip(pieces, starts, strict=False) if i is not None}
    return "\n\n".join(words for _, words in pieces), places, used


def _starts(n_chars: int, known: dict[int, str], n_wanted: int) -> dict[int, int]:
    """Where known paragraphs begin in the annotated text, as far as that follows.

    Counted from the front up to the first unknown paragraph and from the end back to the
    last one; between two unknown stretches no offset follows from the record.
    """
    found, at = {}, 0
    for i in range(n_wanted):
        if i not in known:
            break
        found[i] = at
        at += len(known[i]) + 2
    at = n_chars
    for i in range(n_wanted - 1, -1, -1):
        if i not in known:
            break
        at -= len(known[i])
        found[i] = at
        at -= 2
    return found
