"""What the phenomena are: for each a meaning and the rule that finds its spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from newspan.corpus.phenomena.reading import Reading
from newspan.schema.model import Actor, AnySpan, Location, Number

__all__ = ["PHENOMENA", "Phenomenon", "Stretch"]


class Stretch(NamedTuple):
    """A place in a text that shows something, annotated or not: half-open, in code points."""

    start: int
    end: int


_Finder = Callable[[Reading], Iterator[AnySpan] | Iterator[Stretch]]


class Phenomenon(NamedTuple):
    """Something that makes annotation or reading hard, as a rule over one document."""

    meaning: str
    find: _Finder
    """The spans that show it, each once; or the stretches, where it needs no span."""


PHENOMENA: dict[str, Phenomenon] = {}
"""Name to phenomenon, in the order of the tables: quotes, sources, places, numbers, names."""

_RELATIVE = re.compile(
    r"\b(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west"
    r"|south-east|south-west|upstream|downstream|inland|off|near|outside|between|beyond|along"
    r"|kilomet(?:re|er)s|km|miles|metres|meters)(?: of| from| off)?(?: the)?(?: (?:coast|mouth"
    r"|edge|outskirts|centre|center|shore) of)?(?: the)? $",
    re.IGNORECASE,
)
"""What stands before a place that another place is told by."""
_APOSTROPHE = re.compile(r"\w['’]\w(?!\b)|\w['’](?!s\b)\w\b|^['’]\w")
"""An apostrophe that belongs to a name: no possessive."""
_ASTRAL = re.compile("[\U00010000-\U0010ffff]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?: [\u0590-\u08ff]+)*")
"""Words in the blocks of Hebrew, Arabic and their neighbours."""


def _rule(name: str, meaning: str) -> Callable[[_Finder], None]:
    def register(find: _Finder) -> None:
        PHENOMENA[name] = Phenomenon(meaning, find)

    return register


def _quotes(name: str, meaning: str, attribute: str, value: str) -> None:
    """The quotes that have a value."""
    _rule(name, meaning)(lambda r: (q for q in r.quotes if getattr(q, attribute) == value))


def _numbers(name: str, meaning: str, holds: Callable[[Number], bool]) -> None:
    """The numbers for which something holds."""
    _rule(name, meaning)(lambda r: (n for n in r.numbers if holds(n)))


@_rule("broken-quote", "a quote in two or more pieces, broken by the reporting clause")
def _broken(r: Reading) -> Iterator[AnySpan]:
    return (q for q in r.quotes if len(q.fragments) > 1)


@_rule("quote-over-paragraphs", "a quote that goes on in the next paragraph")
def _over_paragraphs(r: Reading) -> Iterator[AnySpan]:
    for quote in r.quotes:
        gaps = pairwise(quote.fragments)
        if any("\n\n" in r.text[a.end : b.start] for a, b in gaps):
            yield quote


@_rule("nested-quote", "a quote inside a quote")
def _nested(r: Reading) -> Iterator[AnySpan]:
    return (q for q in r.quotes if any(r.outer(q)))


_quotes("mixed-quote", "some words in marks, the rest reported", "form", "mixed")
_quotes("declined-quote", "what a source would not say", "polarity", "declined")
_quotes("denied-quote", "what a source denies", "polarity", "denied")
_quotes("hypothetical-quote", "what a source might, should or could say", "polarity",
        "hypothetical")  # fmt: skip


@_rule("chain-of-sources", "a quote that came through somebody, or inside somebody else's")
def _chain(r: Reading) -> Iterator[AnySpan]:
    for quote in r.quotes:
        speakers = {a.id for a in r.tails("said_by", quote)}
        outer = {a.id for q in r.outer(quote) for a in r.tails("said_by", q)}
        if r.tails("via", quote) or (speakers and outer and speakers.isdisjoint(outer)):
            yield quote


_quotes("anonymous-speaker", "a quote of somebody who is not named", "speaker", "anonymous")
_quotes("collective-speaker", "a quote of several at once", "speaker", "collective")


@_rule("coordinated-sources", "a quote said by two or more actors")
def _coordinated(r: Reading) -> Iterator[AnySpan]:
    return (q for q in r.quotes if len(r.tails("said_by", q)) > 1)


@_rule("metonymy", "a capital, place or building that stands for who acts there")
def _metonymy(r: Reading) -> Iterator[AnySpan]:
    return (s for s in r.document.spans if isinstance(s, Actor) and s.metonymy is not None)


@_rule("associative-place", "a place as possessor or premodifier of something else")
def _associative(r: Reading) -> Iterator[AnySpan]:
    return (p for p in r.locations if p.usage == "associative")


@_rule("town-and-country", "a place followed by the one it lies in, after a comma")
def _town_and_country(r: Reading) -> Iterator[AnySpan]:
    for place in r.locations:
        if any(t.start == place.end + 2 for t in r.tails("located_in", place)):
            yield place


@_rule("relative-place", "a place told by another: north of, off, between")
def _relative(r: Reading) -> Iterator[AnySpan]:
    return (p for p in r.locations if p.usage == "literal" and _RELATIVE.search(r.before(p, 60)))


_numbers("range", "a number between two bounds", lambda n: n.modifier == "range")
_numbers("rate", "a number a day, an hour, a month", lambda n: n.per is not None)
_numbers("at-least", "a lower bound that is included", lambda n: n.modifier == "at_least")
_numbers("more-than", "a lower bound that is excluded", lambda n: n.modifier == "more_than")
_numbers("at-most", "an upper bound that is included", lambda n: n.modifier == "at_most")
_numbers("less-than", "an upper bound that is excluded", lambda n: n.modifier == "less_than")
_numbers("approximate", "about, some, nearly", lambda n: n.modifier == "approximate")
_numbers("vague-count", "dozens, hundreds, several", lambda n: n.modifier == "vague")
_numbers("fraction", "a half, two thirds", lambda n: "/" in f"{n.value}{n.low}{n.high}")
_numbers("currency", "an amount of money", lambda n: n.kind == "money")
_numbers("percent", "a share in per cent", lambda n: n.kind == "percent")
_numbers("age", "an age", lambda n: n.kind == "age")
_numbers("duration", "a length of time", lambda n: n.kind == "duration")
_numbers("ellipsis", "a count whose noun stands elsewhere", lambda n: n.elliptical)
_numbers("zero", "nobody, none, no", lambda n: n.value == "0")
_numbers("increment", "so many more on top of a figure", lambda n: n.scope == "increment")
_numbers("planned-figure", "what is to be", lambda n: n.factuality == "planned")
_numbers("possible-figure", "what may be", lambda n: n.factuality == "possible")


@_rule("part-of-total", "a number that is included in another")
def _part(r: Reading) -> Iterator[AnySpan]:
    return (n for n in r.numbers if r.tails("part_of", n))


@_rule("shared-counted", "one of several numbers that count one noun")
def _shared(r: Reading) -> Iterator[AnySpan]:
    for number in r.numbers:
        if any(len(r.heads("counts", noun)) > 1 for noun in r.tails("counts", number)):
            yield number


@_rule("corrected-figure", "a count with a property that is said not to hold")
def _corrected(r: Reading) -> Iterator[AnySpan]:
    return (
        n for n in r.numbers
        if n.figure is not None and n.factuality == "negated" and n.value != "0"
    )  # fmt: skip


def _named(r: Reading) -> Iterator[AnySpan]:
    for span in r.document.spans:
        if isinstance(span, Location) or (isinstance(span, Actor) and span.mention == "name"):
            yield span


@_rule("name-with-diacritics", "a name with a letter beyond the plain Latin ones")
def _diacritics(r: Reading) -> Iterator[AnySpan]:
    return (s for s in _named(r) if any(c.isalpha() and not c.isascii() for c in s.text or ""))


@_rule("name-with-apostrophe", "a name with an apostrophe in it")
def _apostrophe(r: Reading) -> Iterator[AnySpan]:
    return (s for s in _named(r) if _APOSTROPHE.search(s.text or ""))


@_rule("astral-characters", "characters beyond the first plane, such as emoji")
def _astral(r: Reading) -> Iterator[Stretch]:
    return _stretches(r, _ASTRAL)


@_rule("right-to-left", "words of a script that runs from right to left")
def _right_to_left(r: Reading) -> Iterator[Stretch]:
    return _stretches(r, _RIGHT_TO_LEFT)


def _stretches(r: Reading, pattern: re.Pattern[str]) -> Iterator[Stretch]:
    return (Stretch(*match.span()) for match in pattern.finditer(r.text))
