"""A small reader of English numbers in words: `two and a half million`, `a dozen`, `two-thirds`.

It is there to catch a value that its words rule out, so it would rather say nothing than be
wrong: where words are vague, give two figures, or could be read in two ways, it is silent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

__all__ = ["read_number"]


def _each(words: str) -> list[str]:
    return words.split()


_UNITS = _each(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = _each("twenty thirty forty fifty sixty seventy eighty ninety")
_SMALL: dict[str, int] = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
_SCALES: dict[str, int] = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "dozen": 12, "decade": 10, "century": 100, "mn": 10**6,
    "bn": 10**9,
}  # fmt: skip
_PLURAL_SCALES: dict[str, str] = {
    "tens": "ten", "dozens": "dozen", "hundreds": "hundred", "thousands": "thousand",
    "millions": "million", "billions": "billion", "trillions": "trillion",
    "decades": "decade", "centuries": "century",
}  # fmt: skip
_PARTS: dict[str, int] = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_UNSURE = frozenset(
    _each(
        "between couple few fortnight fortnights handful many minus multiple not numerous odd or "
        "pair plus score scores several single something to"
    )
)
"""Words beside which a number is not read: vague, a range, or of a size that varies."""
_HARMLESS = re.compile(
    r"\b(?:as (?:many|few|much) as|up to|close to|or (?:more|fewer|less|over|so))\b"
)
_SPANS_OF_TIME = frozenset(_each("minute hour day week month year"))
_NOT_ZERO = frozenset(_each("more fewer less longer later earlier"))
"""After these, `no` bounds a number and is none itself."""

_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[a-z]+|[^\sa-z0-9]")
_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")


def read_number(text: str) -> Fraction | None:
    """The one number that the words give, as an exact fraction; None where that is not certain.

    A plural such as `dozens` or `tens of thousands` gives its order: 12, 10000. Figures in
    digits alone are not read: for those no words are needed.
    """
    words = _words(text)
    if words is None or not any(word[0].isalpha() for word in words):
        return None
    ratio = _ratio(words)
    if ratio is not None:
        return ratio
    phrases = _phrases(words)
    bare = _without_phrase(words)
    if not phrases or bare is not None:
        return bare if not phrases else None
    if len(phrases) > 1 or all(word[0].isdigit() for word in phrases[0]):
        return None
    return _value(phrases[0])


def _words(text: str) -> list[str] | None:
    """The tokens in lower case, hyphens gone; None where a sign makes the reading doubtful."""
    plain = text.lower().replace("’", "'").replace("per cent", "percent")
    plain = _HARMLESS.sub(" ", plain)
    # A hyphen joins words; before digits it could be a range or a sign.
    if re.search(r"[-‐‑] ?[0-9]|[–—/×+,;]", re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", plain)):
        return None
    words = [token for token in _TOKEN.findall(plain) if token[0].isalnum()]
    return None if _UNSURE.intersection(words) else words


def _ratio(words: Sequence[str]) -> Fraction | None:
    """The value of `one in five`, `nine out of ten`."""
    joined = " ".join(words)
    found = re.search(r"\b([a-z]+|[0-9]+) (?:in|out of) (?:every )?([a-z]+|[0-9]+)\b", joined)
    if found is None:
        return None
    part, whole = (_small(word) for word in found.groups())
    return None if part is None or not whole else Fraction(part, whole)


def _small(word: str) -> int | None:
    return int(word) if word.isdigit() else _SMALL.get(word)


def _without_phrase(words: Sequence[str]) -> Fraction | None:
    """`no` and `none` are 0, `both` 2; `a` is 1 before a span of time, where it must be meant."""
    pairs = set(zip(words, [*words[1:], ""], strict=True))
    if any(first in ("no", "none") and second not in _NOT_ZERO for first, second in pairs):
        return Fraction(0)
    if "both" in words:
        return Fraction(2)
    if any(first in ("a", "an") and second in _SPANS_OF_TIME for first, second in pairs):
        # `half an hour` and `an hour and ten minutes` have a phrase besides, and are not read.
        return Fraction(1)
    return None


def _phrases(words: Sequence[str]) -> list[list[str]]:
    """The longest runs of words that belong to one number."""
    runs: list[list[str]] = [[]]
    for at, word in enumerate(words):
        if _belongs(words, at):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _belongs(words: Sequence[str], at: int) -> bool:
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    if word in ("a", "an"):
        return after in _SCALES or _part(after) is not None
    if word == "and":
        return _numeric(before) and (_numeric(after) or after in ("a", "an"))
    if word == "of":
        return before in _PLURAL_SCALES and after in _PLURAL_SCALES
    if word in _PARTS and word != "half":
        # A bare `third` is an ordinal.
        return before in ("a", "an", "and") or before in _SMALL
    return _numeric(word)


def _numeric(word: str) -> bool:
    known = word in _SMALL or word in _SCALES or word in _PLURAL_SCALES or word == "half"
    return known or word[:1].isdigit() or _part(word) is not None


def _part(word: str) -> int | None:
    """The denominator that a word such as `thirds` names."""
    return _PARTS.get(word) or (_PARTS.get(word[:-1]) if word.endswith("s") else None)


class _Sum(NamedTuple):
    """A number that is being read."""

    total: Fraction = Fraction(0)
    """What is closed by a scale."""
    current: Fraction | None = None
    """What the next scale would multiply."""
    last_scale: Fraction | None = None


def _value(phrase: Sequence[str]) -> Fraction | None:
    """The value of a run of number words; None where they do not make one number."""
    words = [w for w in phrase if w not in ("a", "an", "of")]
    if phrase[-1] == "and" or not words:
        return None
    if "and" in words and words[-1] == "half" and words[-2] == "and":
        return _and_a_half(words[:-2])
    if "half" in words and "and" in words:
        return _half_before_scale(words)
    fraction = _fraction(words)
    return fraction if fraction is not None else _cardinal(words)


def _fraction(words: Sequence[str]) -> Fraction | None:
    """`two thirds`, `third`, `half`, `half million`."""
    if words[0] == "half":
        rest = _cardinal(["one", *words[1:]]) if words[1:] else Fraction(1)
        return None if rest is None or (words[1:] and rest < 2) else rest / 2
    below = _part(words[-1])
    if below is None:
        return None
    above = Fraction(1) if len(words) == 1 else _cardinal(words[:-1])
    return None if above is None or above >= below else above / below


def _half_before_scale(words: Sequence[str]) -> Fraction | None:
    """`two and half million`, the article gone."""
    at = words.index("half")
    if words[at - 1] != "and":
        return None
    whole, scales = _cardinal(words[: at - 1]), _cardinal(["one", *words[at + 1 :]])
    return None if whole is None or scales is None else (whole + Fraction(1, 2)) * scales


def _and_a_half(words: Sequence[str]) -> Fraction | None:
    """`two and a half`, `a decade and a half`: half of the last scale is meant."""
    found = _sum(words)
    if found is None:
        return None
    half = (found.last_scale or Fraction(1)) / 2 if found.current is None else Fraction(1, 2)
    return found.total + (found.current or 0) + half


def _cardinal(words: Sequence[str]) -> Fraction | None:
    found = _sum(words)
    return None if found is None else found.total + (found.current or 0)


def _sum(words: Sequence[str]) -> _Sum | None:
    made = _Sum()
    for at, word in enumerate(words):
        if word == "and":
            if at == 0 or words[at - 1] not in _SCALES:
                return None
            continue
        added = _added(made, word)
        if added is None:
            return None
        made = added
    return made


def _added(made: _Sum, word: str) -> _Sum | None:
    """The number with a word more; None where the word cannot follow."""
    if word[0].isdigit():
        if made.current is not None or made.total or _DIGITS.fullmatch(word) is None:
            return None
        return made._replace(current=Fraction(word.replace(",", "")))
    word = _PLURAL_SCALES.get(word, word)
    if word in _SMALL:
        return _added_small(made, _SMALL[word])
    if word not in _SCALES:
        return None
    scale = Fraction(_SCALES[word])
    if word == "hundred" and (made.current is None or made.current < 100):
        return made._replace(current=(made.current or 1) * scale, last_scale=scale)
    if made.last_scale is not None and made.current is None and made.total >= scale:
        # `hundreds of thousands` multiplies; `a million thousand` is nothing that is said.
        return None
    return _Sum(made.total + (1 if made.current is None else made.current) * scale, None, scale)


def _added_small(made: _Sum, value: int) -> _Sum | None:
    current = made.current
    if current is None or (current % 100 == 0 and current >= 100):
        return made._replace(current=(current or Fraction(0)) + value)
    if current.denominator == 1 and current % 100 in range(20, 100, 10) and 0 < value < 10:
        return made._replace(current=current + value)
    return None
