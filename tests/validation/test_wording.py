"""Numbers in words are read right, or not at all; modifiers and units likewise."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.validation.number_words import read_number
from newspan.validation.wording import read_wording, with_wording

WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety
"""
SMALL, TENS = WORDS.split()[:20], WORDS.split()[20:]


def spelt(number: int, joint: str) -> str:
    """An English spelling of a whole number; `joint` stands after hundred."""
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            rest = f" {spelt(number % scale, joint)}" if number % scale else ""
            return f"{spelt(number // scale, joint)} {name}{rest}"
    if number >= 100:
        rest = f"{joint}{spelt(number % 100, joint)}" if number % 100 else ""
        return f"{SMALL[number // 100]} hundred{rest}"
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    return SMALL[number]


@given(st.integers(0, 10**12 - 1), st.sampled_from([" ", " and "]), st.booleans())
def test_a_spelt_number_is_read_back(number: int, joint: str, capital: bool) -> None:
    text = spelt(number, joint)
    assert read_number(text.capitalize() if capital else text) == number
    assert read_number(f"at least {text} wide barges") == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a dozen", 12), ("half a dozen", 6), ("a half-dozen", 6), ("3 dozen", 36),
        ("1.2 million", 1200000), ("€2.5 million", 2500000), ("14bn", 14 * 10**9),
        ("two and a half million", 2500000), ("a million and a half", 1500000),
        ("half a million", 500000), ("one-and-a-half", Fraction(3, 2)),
        ("a hundred thousand", 100000), ("twelve hundred", 1200), ("1,200 thousand", 1200000),
        ("a third", Fraction(1, 3)), ("two-thirds", Fraction(2, 3)), ("half", Fraction(1, 2)),
        ("three quarters", Fraction(3, 4)), ("about one in five", Fraction(1, 5)),
        ("nine out of ten", Fraction(9, 10)), ("a decade", 10), ("two decades", 20),
        ("a decade and a half", 15), ("an hour", 1), ("less than a week", 1),
        ("thirty-four-year-old", 34), ("sixty per cent", 60), ("as many as twenty", 20),
        ("five or more", 5), ("no more than thirty", 30), ("no", 0), ("none", 0), ("both", 2),
        ("Dozens", 12), ("hundreds", 100), ("tens of thousands", 10000),
        ("hundreds of thousands", 100000), ("another eleven", 11), ("zero", 0),
    ],
)  # fmt: skip
def test_what_is_certain_is_read(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "12", "1,200 euros", "14m", "38-metre", "5 or 6", "-5 million", "2–3 million",
        "between ten and twenty", "ten to twenty", "three, four", "one or two", "twenty-odd",
        "a few hundred", "several thousand", "a couple", "a handful", "some score", "fortnight",
        "half an hour", "an hour and fifteen minutes", "two years and three months",
        "nineteen eighty", "one and a quarter", "a quarter of a million", "no one", "not one",
        "the third", "second", "a", "many", "", "wounded", "six two", "ten one hundred",
        "million thousand",
    ],
)  # fmt: skip
def test_what_leaves_a_doubt_is_not_read(text: str) -> None:
    assert read_number(text) is None


@given(st.text(max_size=40))
def test_no_words_are_too_odd(text: str) -> None:
    read_wording(text)


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("at least nine", "at_least"), ("no fewer than 13", "at_least"),
        ("107 or more", "at_least"), ("more than forty", "more_than"), ("over 12", "more_than"),
        ("up to 300", "at_most"), ("no more than 30", "at_most"), ("as many as six", "at_most"),
        ("within five days", "at_most"), ("fewer than 10", "less_than"),
        ("under 18", "less_than"), ("some 2,300", "approximate"), ("About 12", "approximate"),
        ("10 or so", "approximate"), ("between 40 and 50", "range"), ("48 to 72 hours", "range"),
        ("5 or 6", "range"), ("5–6", "range"), ("dozens", "vague"), ("Hundreds", "vague"),
        ("12", None), ("eleven weeks", None), ("a thousand", None), ("at least dozens", None),
        ("up to about 30", None), ("close to 30", "approximate"), ("someone", None),
    ],
)  # fmt: skip
def test_the_words_name_a_modifier(text: str, modifier: str | None) -> None:
    assert read_wording(text).modifier == modifier


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("48 hours", "h"), ("20km", "km"), ("38-metre", "m"), ("2.5 million square metres", "m2"),
        ("1.7 million cubic metres", "m3"), ("14 nautical miles", "[nmi_i]"),
        ("about 2 miles", "[mi_i] [nmi_i]"), ("12 metric tons", "t"), ("15-year-old", "a"),
        ("60%", "%"), ("45 per cent", "%"), ("€2.5 million", "EUR"), ("35 euros", "EUR"),
        ("12", None), ("2 years and 3 months", None), ("9 percentage points", None),
        ("60 km/h", None), ("5 km per hour", None), ("14 million scudi", None),
        ("300 litres a day", None), ("20 kmm", None), ("daylong", None),
    ],
)  # fmt: skip
def test_the_words_name_a_unit(text: str, units: str | None) -> None:
    assert read_wording(text).units == units


def test_a_number_without_words_says_nothing() -> None:
    numbers = pl.DataFrame(
        {"text": [None, "nine days", "nine days"], "kind": ["count", "duration", "money"],
         "unit": [None, "wk", "EUR"]},
        schema={"text": pl.String, "kind": pl.String, "unit": pl.String},
    )  # fmt: skip
    found = with_wording(numbers)
    assert found["said_value"].to_list() == [None, 9.0, 9.0]
    assert found["said_units"].to_list() == [None, "d", "d"]
    assert found["dimension"].to_list() == [None, "time", "money"]
