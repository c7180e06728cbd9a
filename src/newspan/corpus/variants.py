"""The common ways in which two copies of a paragraph differ, tried against digests.

First typography (quotes, dashes, ellipses, spaces, ligatures, HTML entities), in all
combinations; then one slip anywhere: a character more, less or other, two swapped, a word
more. A hit is proved by its SHA-256, so trying many costs time, never certainty.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from newspan.text import fingerprint, normalize

__all__ = ["recover", "slips", "variants"]

MAX_SLIP_PARAGRAPHS = 5
"""At most so many paragraphs of a copy are searched for one slip: each takes up to a second."""
MAX_SLIP_LENGTH = 3000
"""Longer paragraphs, in code points, are not searched for one slip."""

_TYPOGRAPHIC = "‘’“”–—…\u00a0\u2011"
_ALPHABET = [chr(c) for c in range(0x20, 0x7F)] + list(_TYPOGRAPHIC)

_Rule = Callable[[str], str]


def _replacing(pattern: str, replacement: str) -> _Rule:
    compiled = re.compile(pattern)
    return lambda text: compiled.sub(replacement, text)


def _chain(*rules: _Rule) -> _Rule:
    def apply(text: str) -> str:
        for rule in rules:
            text = rule(text)
        return text

    return apply


def _same(text: str) -> str:
    return text


_BEFORE_OPENING = r"(?:(?<=^)|(?<=[\s(\[—–“‘-]))"
_CLASSES: tuple[tuple[_Rule, ...], ...] = (
    (_same, html.unescape),
    (_same, lambda text: unicodedata.normalize("NFKC", text)),
    (_same, _replacing("\u00a0|\u202f|\u2009", " "), _replacing("\u00ad|\u200b", "")),
    (_same, _replacing("[“”]", '"'),
     _chain(_replacing(_BEFORE_OPENING + '"', "“"), _replacing('"', "”"))),
    (_same, _replacing("[‘’]", "'"), _replacing("'", "’"),
     _chain(_replacing(_BEFORE_OPENING + "'", "‘"), _replacing("'", "’"))),
    (_same, _replacing("…", "..."), _replacing(r"\.\.\.", "…"), _replacing(r"\. \. \.", "…")),
    (_same, _replacing(" ?[–—] ?", " - "), _replacing("[–—]", "-"), _replacing("--", "—"),
     _replacing("–", "—"), _replacing("—", "–"), _replacing(" - ", " – "),
     _replacing(" - ", " — "), _replacing(" ?— ?", "—"), _replacing(" ?— ?", " — ")),
)  # fmt: skip
"""One class of differences a row; the first of each leaves the text as it is."""


def variants(paragraph: str) -> Iterator[str]:
    """The paragraph in other typography, each form once, the fewest changes first."""
    seen = {paragraph}
    forms = [(0, paragraph)]
    for rules in _CLASSES:
        forms += [
            (count + 1, changed)
            for (count, form), rule in product(list(forms), rules[1:])
            if (changed := normalize(rule(form))) != form
        ]
    for _, form in sorted(forms, key=lambda f: f[0]):
        if form not in seen:
            seen.add(form)
            yield form


def slips(paragraph: str, wanted: Mapping[str, int]) -> str | None:
    """The text that is one slip away from `paragraph` and has a wanted digest, or None.

    `wanted` holds SHA-256 digests in hexadecimal as keys.
    """
    targets = {bytes.fromhex(digest) for digest in wanted}
    alphabet = sorted({*_ALPHABET, *paragraph})
    encoded = [c.encode() for c in alphabet]
    for at in range(len(paragraph) + 1):
        head, rest = paragraph[:at], paragraph[at:]
        prefix = hashlib.sha256(head.encode())
        tails = [rest[1:].encode(), rest.encode()] if rest else [b""]
        for tail, char in product(tails, encoded):
            digest = prefix.copy()
            digest.update(char + tail)
            if digest.digest() in targets:
                return f"{head}{(char + tail).decode()}"
        for other in _shorter(rest):
            digest = prefix.copy()
            digest.update(other.encode())
            if digest.digest() in targets:
                return head + other
    return None


def _shorter(rest: str) -> Iterator[str]:
    """The rest without its first character, with its first two swapped, without a word."""
    if rest:
        yield rest[1:]
    if len(rest) > 1:
        yield rest[1] + rest[0] + rest[2:]
    if rest.startswith(" "):
        _, space, after = rest[1:].partition(" ")
        yield space + after
    elif rest:
        yield rest.partition(" ")[2]


def recover(wanted: Sequence[str], copies: Sequence[str]) -> list[tuple[int, int, str]]:
    """(position in wanted, position in copies, annotated words) of each copy explained.

    Positions rise in both. `wanted` are digests of consecutive paragraphs of the record,
    `copies` the paragraphs that stand in their place.
    """
    found: list[tuple[int, int, str]] = []
    searched = 0
    for j, copy in enumerate(copies):
        first = found[-1][0] + 1 if found else 0
        open_ = {digest: i for i, digest in enumerate(wanted) if i >= first}
        if not open_:
            break
        words = next((v for v in variants(copy) if fingerprint(v) in open_), None)
        if words is None and len(copy) <= MAX_SLIP_LENGTH and searched < MAX_SLIP_PARAGRAPHS:
            searched += 1
            words = slips(copy, open_)
        if words is not None:
            found.append((open_[fingerprint(words)], j, words))
    return found
