"""Which number includes which: six of them, including nine children, a third of the 90."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newspan.annotations.propose.numbers.proposals import Item

__all__ = ["add_up", "may_include", "whole_of"]

_PERSONS = ("person", "soldier", "child")
_STOPS = (".", ";", "\n", ":", "were", "was", "is", "are", "had", "have", "that")
_MOST_PARTS, _NEAR = 6, 60
"""Figures that add up to a total, and tokens between it and them."""
_FAR = 250
"""Tokens between the dead and a part of them."""
_BACK = 7
"""Lexemes before a number in which "including" introduces it or the list that it is in."""


def whole_of(item: Item, earlier: Sequence[Item]) -> Item | None:
    """The number that expressly includes this one; `earlier` are those before it, in order."""
    if item.quantity.kind not in ("count", "ratio", "percent", "money"):
        return None
    site = item.site
    if site.word(0) == "of" and site.word(1) in ("them", "whom", "which", "these", "those"):
        return _total(item, earlier, same_kind=False)
    if site.word(-1) in ("whom", "which") and site.word(-2) == "of":
        return _total(item, earlier, same_kind=False)
    if _is_included(item):
        return _total(item, earlier, same_kind=item.quantity.kind == "money")
    if (listed := _listed_with(item, earlier)) is not None:
        return listed
    if (same := _of_the_same(item, earlier)) is not None:
        return same
    if item.is_elliptical and (opening := _opening_of(item, earlier)) is not None:
        return opening
    return None


def _is_included(item: Item) -> bool:
    """Whether "including" or "among them" introduces it, or the list in which it stands."""
    site = item.site
    for k in range(-1, -_BACK - 1, -1):
        word, before = site.word(k), site.word(k - 1)
        if word in ("including", "includes", "included", "include"):
            return True
        if word == "them" and before == "among":
            return True
        if word in _STOPS and not (before == "them" and word in ("were", "was", "are", "is")):
            return False
    return False


def _total(item: Item, earlier: Sequence[Item], *, same_kind: bool) -> Item | None:
    sentence = item.site.sentence
    for other in reversed(earlier):
        if other.site.sentence < sentence - 60:
            return None
        if same_kind and other.quantity.kind != item.quantity.kind:
            continue
        if not same_kind and (other.quantity.kind != "count" or other.whole is not None):
            continue
        if not same_kind and not _compatible(item, other):
            continue
        if not may_include(other, item):
            continue
        return other
    return None


def _compatible(item: Item, other: Item) -> bool:
    one, two = item.counted_class, other.counted_class
    if one is None or two is None:
        return item.is_elliptical or item.quantity.kind != "count"
    return one == two or (one in _PERSONS and two in _PERSONS)


def may_include(whole: Item, part: Item) -> bool:
    """Whether the figures allow it: no total is smaller than its part."""
    total, some = whole.worth, part.worth
    return total is None or some is None or total >= some


def _opening_of(item: Item, earlier: Sequence[Item]) -> Item | None:
    """The 40 of "Of 40 drones sent, 34 were shot down"."""
    sentence = item.site.sentence
    for other in earlier:
        back = -2 if other.site.word(-1) in ("the", "its", "their", "those", "all") else -1
        opens = other.site.word(back) == "of" and other.site.sentence == sentence
        opens = opens and other.site.tokens.doc[sentence].lower_ == "of"
        if opens and other.site.token.i <= sentence + 3 and may_include(other, item):
            return other
    return None


def _listed_with(item: Item, earlier: Sequence[Item]) -> Item | None:
    """The whole of the number whose noun this one's is joined with: nine children and six men."""
    if item.head is None or item.is_elliptical or item.head.noun.dep_ != "conj":
        return None
    partner = item.head.noun.head.i
    for other in reversed(earlier):
        if other.head is not None and other.head.noun.i == partner:
            return other.whole if other.whole is not None and _is_included(other) else None
    return None


def _of_the_same(item: Item, earlier: Sequence[Item]) -> Item | None:
    """The 60 drones of "51 of the drones", in one sentence."""
    if item.site.word(0) != "of" or item.head is None or item.is_elliptical:
        return None
    if item.head.noun.lower_ in ("dead", "wounded", "injured", "missing"):
        return _of_the_hurt(item, earlier)
    sentence = item.site.sentence
    for other in reversed(earlier):
        if other.site.sentence != sentence or other.head is None:
            return None
        same = other.head.noun.lemma_ == item.head.noun.lemma_
        if same and other.quantity.kind == "count" and may_include(other, item):
            return other
    return None


def _of_the_hurt(item: Item, earlier: Sequence[Item]) -> Item | None:
    """The 14 killed of "twelve of the dead", the last before."""
    for other in reversed(earlier):
        if item.site.token.i - other.site.token.i > _FAR:
            return None
        same = other.happening == item.happening and other.quantity.kind == "count"
        if same and other.whole is None and may_include(other, item):
            return other
    return None


def add_up(items: Sequence[Item]) -> None:
    """Give a total to figures that follow it and add up to it: 30: 17 here, 10 there, 3 abroad."""
    for i, total in enumerate(items):
        if total.quantity.kind != "count" or total.quantity.value is None or total.worth == 0:
            continue
        parts = _parts(total, items[i + 1 : i + 1 + _MOST_PARTS])
        for part in parts:
            part.whole = part.whole or total


def _parts(total: Item, after: Sequence[Item]) -> list[Item]:
    left = Fraction(total.quantity.value or 0)
    parts: list[Item] = []
    for item in after:
        apart = item.site.token.i - total.site.token.i > _NEAR
        if apart or item.quantity.kind != "count" or not _compatible(item, total):
            return []
        if item.quantity.value is None or not item.worth or item.worth > left:
            return []
        parts.append(item)
        left -= item.worth
        if left == 0:
            return parts if len(parts) > 1 else []
    return []
