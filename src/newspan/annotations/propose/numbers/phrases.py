"""Number phrases: modifier, figure and unit word, as they stand together in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from newspan.annotations.propose.numbers.figures import Figure, read_figure
from newspan.annotations.propose.numbers.lexemes import (
    FIGURE,
    Lexeme,
    glued,
    lexemes,
    matches,
    word_at,
)
from newspan.annotations.propose.numbers.lexicon import by_first_word, lexicon, word_set
from newspan.annotations.propose.numbers.quantity import Quantity, bounded, in_decade
from newspan.annotations.propose.numbers.ranges import upper_end
from newspan.annotations.propose.numbers.shares import VULGAR
from newspan.annotations.propose.numbers.units import DOLLAR, RICHTER, UNNAMED, unit_at

__all__ = ["Phrase", "number_phrases", "read_quantity"]

_Choices = dict[str, list[tuple[tuple[str, ...], str]]]
_SMALL = 10
"""Below this a spelt count is not bounded by "under"."""
_MAGNITUDE = "magnitude"
_MOST_MAGNITUDE = 10
_MOST_LEADS = 4
"""Modifiers before one figure."""


class Phrase(NamedTuple):
    """A stretch that reads as a number; whether it is one, what stands around it decides."""

    first: int
    """Index of its first lexeme."""
    core: int
    """Index of the first lexeme of the figure, or of its sign of money."""
    last: int
    """Index of the lexeme after it."""
    start: int
    end: int
    quantity: Quantity
    is_increment: bool
    figure: Figure
    lead: str | None
    """The modifier or increment before the figure, as written."""


class _Lead(NamedTuple):
    """What stands before a figure."""

    end: int
    starts: tuple[tuple[int, str], ...]
    """Index and words of each modifier."""
    modifier: str | None
    is_increment: bool


@cache
def _leads() -> _Choices:
    lists = lexicon("words")
    pairs = [(phrase, name) for name, many in lists["modifiers"].items() for phrase in many]
    pairs += [(phrase, "increment") for phrase in lists["increments"]]
    return by_first_word(pairs)


@cache
def _tails() -> tuple[_Choices, _Choices]:
    lists = lexicon("words")
    return by_first_word(lists["tails"].items()), by_first_word(lists["glued_tails"].items())


@cache
def _figure_beginnings() -> frozenset[str]:
    """Words with which a figure can begin, so that all others are passed over."""
    lists = lexicon("words")
    heads = {lead.split()[0] for lead in lists["vague_lead"]}
    heads |= {sign.split()[0] for sign in lexicon("units")["signs"]}
    heads |= set(lists["vague"]) | set(VULGAR) | {"a", "an", "half", "between"}
    return frozenset(heads | word_set("words", "cardinals"))


@cache
def _beginnings() -> frozenset[str]:
    """Words with which a number phrase can begin."""
    return _figure_beginnings() | frozenset(_leads())


@cache
def _after_articles() -> frozenset[str]:
    """Words that may follow "a" or "an" where it begins a number: a dozen, an estimated 20."""
    lists, units = lexicon("words"), lexicon("units")
    named = [word for kind in ("duration", "measure", "money") for word in units[kind].values()]
    found = {word.split()[0] for words in named for word in words} | set(units["many"])
    found |= set(lists["scales"]) | set(lists["denominators"])
    leads = [words for article in ("a", "an") for words, _ in _leads().get(article, ())]
    leads += [tuple(lead.split()) for lead in lists["vague_lead"]]
    return frozenset(found | {words[1] for words in leads if words[0] in ("a", "an")})


def _may_begin(at: Sequence[Lexeme], i: int) -> bool:
    """Whether a phrase can begin at `i`, by its first word or the first two."""
    if at[i].kind == FIGURE:
        return True
    word = at[i].word
    if word in ("a", "an"):
        return word_at(at, i + 1) in _after_articles()
    return word in _beginnings()


def read_quantity(words: str) -> Quantity | None:
    """What a number phrase says, read without its context; None if it is not one phrase.

    A dollar that names no country is XXX, as is every currency without a code.
    """
    at = lexemes(words)
    if named := lexicon("determiners")["values"].get(" ".join(word.word for word in at[:3])):
        return Quantity("count", value=named)
    phrase = _phrase(at, 0, alone=True)
    if phrase is None or phrase.first or phrase.last != len(at):
        return None
    quantity = phrase.quantity
    return replace(quantity, unit=UNNAMED) if quantity.unit == DOLLAR else quantity


def number_phrases(at: Sequence[Lexeme]) -> list[Phrase]:
    """All stretches that read as numbers, from left to right, none over another."""
    found: list[Phrase] = []
    i = 0
    while i < len(at):
        phrase = _phrase(at, i) if _may_begin(at, i) else None
        if phrase is None:
            i += 1
        else:
            found.append(phrase)
            i = phrase.last
    return found


def _phrase(at: Sequence[Lexeme], i: int, *, alone: bool = False) -> Phrase | None:
    """The phrase that begins at `i`; where it stands alone, "an hour" is one."""
    lead = _lead(at, i)
    if lead.end >= len(at):
        return None
    if at[lead.end].kind != FIGURE and at[lead.end].word not in _figure_beginnings():
        return None
    between = word_at(at, lead.end) == "between"
    figure = read_figure(at, lead.end + between, bare_unit=alone or bool(lead.starts))
    if figure is None:
        return None
    upper = upper_end(at, figure, between=between, after_from=word_at(at, i - 1) == "from")
    if between and upper is None:
        return None
    lead = _fitting(at, i, lead, upper or figure)
    first = lead.starts[0][0] if lead.starts else lead.end
    end, increment = (upper or figure).end, lead.is_increment or (upper or figure).has_more
    tail = _tail(at, end)
    end = tail[0] if tail else end
    modifier = tail[1] if tail else lead.modifier
    unit = (upper or figure).unit
    if tail and unit is None and (unit := unit_at(at, end)) is not None:  # 20-odd years
        figure, end = figure._replace(unit=unit, end=unit.end), unit.end
    top = upper.amount if upper else None
    low = upper.lower if upper and upper.lower else figure.amount
    said = bounded(low, top, modifier, unit)
    if (upper or figure).is_age:
        said = replace(said, kind="age")
    if lead.starts and lead.starts[0][1].startswith(_MAGNITUDE):
        said = replace(said, kind="measure", unit=RICHTER)
    if figure.unit is not None and figure.unit.kind == "age":
        said = in_decade(said)
    led_by = lead.starts[0][1] if lead.starts else None
    start, stop = at[first].start, at[end - 1].end
    return Phrase(first, figure.start, end, start, stop, said, increment, upper or figure, led_by)


def _lead(at: Sequence[Lexeme], i: int) -> _Lead:
    starts: list[tuple[int, str]] = []
    named: list[str] = []
    while len(starts) < _MOST_LEADS and i < len(at):
        for words, name in _leads().get(at[i].word, ()):
            if matches(at, i, words):
                starts.append((i, " ".join(words)))
                named.append(name)
                i += len(words)
                break
        else:
            break
    return _Lead(i, tuple(starts), _strongest(named), "increment" in named)


def _strongest(named: Sequence[str]) -> str | None:
    """Of several modifiers the first that bounds."""
    bounds = [name for name in named if name not in ("approximate", "increment", "measured")]
    if bounds:
        return bounds[0]
    return "approximate" if "approximate" in named else None


def _fitting(at: Sequence[Lexeme], i: int, lead: _Lead, figure: Figure) -> _Lead:
    """The lead without a first word that is a preposition here: within three districts."""
    if not lead.starts:
        return lead
    words = lexicon("words")
    unit = figure.unit
    kind = "age" if figure.is_age else unit.kind if unit is not None else None
    wanted = words["only_with"].get(lead.starts[0][1])
    unfit = wanted is not None and kind not in wanted
    led_by, amount = lead.starts[0][1], figure.amount
    if led_by in ("somewhere", "anywhere"):
        unfit = word_at(at, lead.end) != "between"
    if led_by == "estimated":
        unfit = i > 0 and at[i - 1].word not in (*words["before_estimated"], "\n")
    if led_by.startswith(_MAGNITUDE):
        unfit = kind is not None or (amount.worth or _MOST_MAGNITUDE) >= _MOST_MAGNITUDE
    if kind == "duration" and led_by in words["not_of_time"]:
        unfit = True
    if led_by == "over" and kind == "duration":
        unfit = (
            word_at(at, i - 1) not in words["over_lead"]
            and word_at(at, figure.end) not in words["over_tail"]
        )
    if led_by == "under" and unit is None and amount.is_spelt:  # under three conditions
        people = word_at(at, i - 1) in words["aged_people"]
        unfit = not people and (amount.worth or _SMALL) < _SMALL
    if not unfit:
        return lead
    return _lead(at, lead.starts[1][0] if len(lead.starts) > 1 else lead.end)


def _tail(at: Sequence[Lexeme], i: int) -> tuple[int, str] | None:
    tails, glued_tails = _tails()
    word = word_at(at, i)
    for words, name in tails.get(word, ()):
        if matches(at, i, words) and not _begins_figure(at, i, len(words)):
            return i + len(words), name
    if word and glued(at, i):
        for words, name in glued_tails.get(word, ()):
            if matches(at, i, words):
                return i + len(words), name
    return None


def _begins_figure(at: Sequence[Lexeme], i: int, length: int) -> bool:
    """Whether the tail is rather the modifier of a figure that follows: 12 and over 30."""
    return read_figure(at, i + length, bare_unit=False) is not None
