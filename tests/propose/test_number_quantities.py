"""Number phrases read without their context: guidelines N2 to N5 and N8."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("text_to_num")

from newspan.annotations.propose.numbers import Quantity, read_quantity
from newspan.annotations.propose.numbers.lexemes import lexemes
from newspan.annotations.propose.numbers.phrases import number_phrases


def _said(words: str) -> dict[str, str]:
    quantity = read_quantity(words)
    assert quantity is not None, words
    given = {name: getattr(quantity, name) for name in Quantity.__slots__}
    return {name: value for name, value in given.items() if value not in (None, "exact")}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("12", "12"),
        ("1,250", "1250"),
        ("5.2 million", "5200000"),
        ("seventy-two", "72"),
        ("Twenty-two", "22"),
        ("one hundred and five", "105"),
        ("a hundred and five", "105"),
        ("twelve hundred", "1200"),
        ("two hundred thousand", "200000"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("half a dozen", "6"),
        ("half a million", "500000"),
        ("a quarter of a million", "250000"),
        ("two and a half", "2.5"),
        ("two and a half million", "2500000"),
        ("a million and a half", "1500000"),
        ("3bn", "3000000000"),
        ("40k", "40000"),
        ("2½", "2.5"),
        ("0.05", "0.05"),
        ("zero", "0"),
        ("no", "0"),
        ("none", "0"),
        ("both", "2"),
        ("another 90", "90"),
        ("200 more", "200"),
        ("a further twelve", "12"),
    ],
)
def test_a_count_has_its_exact_value(words: str, value: str) -> None:
    assert _said(words) == {"kind": "count", "value": value}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("half", "1/2"),
        ("two-thirds", "2/3"),
        ("two thirds", "2/3"),
        ("a third", "1/3"),
        ("one-fifth", "1/5"),
        ("a quarter", "1/4"),
        ("three quarters", "3/4"),
        ("one in five", "1/5"),
        ("1 in 5", "1/5"),
        ("nine out of ten", "9/10"),
        ("¼", "1/4"),
    ],
)
def test_a_part_is_a_ratio_with_a_fraction(words: str, value: str) -> None:
    assert _said(words) == {"kind": "ratio", "value": value}


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("about 12", {"value": "12", "modifier": "approximate"}),
        ("some 2,300", {"value": "2300", "modifier": "approximate"}),
        ("nearly forty", {"value": "40", "modifier": "approximate"}),
        ("an estimated 300", {"value": "300", "modifier": "approximate"}),
        ("30-odd", {"value": "30", "modifier": "approximate"}),
        ("12 or so", {"value": "12", "modifier": "approximate"}),
        ("at least 12", {"low": "12", "modifier": "at_least"}),
        ("no fewer than 22", {"low": "22", "modifier": "at_least"}),
        ("90 or more", {"low": "90", "modifier": "at_least"}),
        ("50+", {"low": "50", "modifier": "at_least"}),
        ("more than two million", {"low": "2000000", "modifier": "more_than"}),
        ("over 700", {"low": "700", "modifier": "more_than"}),
        ("up to 850", {"high": "850", "modifier": "at_most"}),
        ("as many as nine", {"high": "9", "modifier": "at_most"}),
        ("no more than 90", {"high": "90", "modifier": "at_most"}),
        ("under 18", {"high": "18", "modifier": "less_than"}),
        ("fewer than ten", {"high": "10", "modifier": "less_than"}),
        ("at least another 20", {"low": "20", "modifier": "at_least"}),
        ("8 to 12", {"low": "8", "high": "12", "modifier": "range"}),
        ("8-12", {"low": "8", "high": "12", "modifier": "range"}),
        ("8–12", {"low": "8", "high": "12", "modifier": "range"}),
        ("between 8 and 12", {"low": "8", "high": "12", "modifier": "range"}),
        ("between sixty-five and seventy", {"low": "65", "high": "70", "modifier": "range"}),
        ("5 or 6", {"low": "5", "high": "6", "modifier": "range"}),
        ("three, four", {"low": "3", "high": "4", "modifier": "range"}),
        ("2 to 3 million", {"low": "2000000", "high": "3000000", "modifier": "range"}),
        ("five or six hundred", {"low": "500", "high": "600", "modifier": "range"}),
        ("dozens", {"modifier": "vague", "magnitude": "12"}),
        ("scores", {"modifier": "vague", "magnitude": "20"}),
        ("hundreds", {"modifier": "vague", "magnitude": "100"}),
        ("tens of thousands", {"modifier": "vague", "magnitude": "10000"}),
        ("hundreds of thousands", {"modifier": "vague", "magnitude": "100000"}),
        ("several hundred", {"modifier": "vague", "magnitude": "100"}),
    ],
)
def test_a_modifier_sets_value_or_bounds(words: str, bounds: dict[str, str]) -> None:
    assert _said(words) == {"kind": "count", **bounds}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("£3bn", {"kind": "money", "value": "3000000000", "unit": "GBP"}),
        ("$1.5m", {"kind": "money", "value": "1500000", "unit": "XXX"}),
        ("US$20", {"kind": "money", "value": "20", "unit": "USD"}),
        ("€50,000", {"kind": "money", "value": "50000", "unit": "EUR"}),
        ("22m crowns", {"kind": "money", "value": "22000000", "unit": "XXX"}),
        ("3 million euros", {"kind": "money", "value": "3000000", "unit": "EUR"}),
        ("50 cents", {"kind": "money", "value": "0.5", "unit": "XXX"}),
        ("200km", {"kind": "measure", "value": "200", "unit": "km"}),
        ("38-metre", {"kind": "measure", "value": "38", "unit": "m"}),
        ("nine feet", {"kind": "measure", "value": "9", "unit": "[ft_i]"}),
        ("30 square metres", {"kind": "measure", "value": "30", "unit": "m2"}),
        ("half a mile", {"kind": "measure", "value": "1/2", "unit": "[mi_i]"}),
        ("40mph", {"kind": "measure", "value": "40", "unit": "[mi_i]/h"}),
        ("34 percent", {"kind": "percent", "value": "34"}),
        ("34 per cent", {"kind": "percent", "value": "34"}),
        ("34%", {"kind": "percent", "value": "34"}),
        ("2.5 percentage points", {"kind": "percent", "value": "2.5"}),
        ("a decade", {"kind": "duration", "value": "10", "unit": "a"}),
        ("two decades", {"kind": "duration", "value": "20", "unit": "a"}),
        ("an hour", {"kind": "duration", "value": "1", "unit": "h"}),
        ("half an hour", {"kind": "duration", "value": "1/2", "unit": "h"}),
        ("two more weeks", {"kind": "duration", "value": "2", "unit": "wk"}),
        ("15-year-old", {"kind": "age", "value": "15", "unit": "a"}),
        ("thirty-four-year-old", {"kind": "age", "value": "34", "unit": "a"}),
    ],
)
def test_a_unit_makes_the_kind(words: str, said: dict[str, str]) -> None:
    assert _said(words) == said


def test_a_range_of_measures_has_one_unit() -> None:
    said = {"kind": "money", "low": "3000000", "high": "5000000", "modifier": "range"}
    assert _said("$3 million to $5 million") == {**said, "unit": "XXX"}
    assert _said("$3-5 million") == {**said, "unit": "XXX"}
    assert _said("48 to 72 hours") == {
        "kind": "duration", "low": "48", "high": "72", "modifier": "range", "unit": "h",
    }  # fmt: skip
    assert read_quantity("3 km to 5 miles") is None


def test_within_bounds_a_time_and_is_no_part_of_a_count() -> None:
    assert _said("within five days") == {
        "kind": "duration", "high": "5", "modifier": "at_most", "unit": "d",
    }  # fmt: skip
    assert read_quantity("within five") is None


@pytest.mark.parametrize(
    "words",
    ["", " ", "some", "several", "boats", "just five", "twenty-fifth", "5th", "9/11", "A380",
     "12 boats", "8 to", "between 8", "to 12", "12 to 8", "hundred", "9" * 50, "1.2.3"],
)  # fmt: skip
def test_what_is_no_number_phrase_gives_nothing(words: str) -> None:
    assert read_quantity(words) is None


def test_a_value_is_exact_where_a_float_would_not_be() -> None:
    assert _said("1.1 million")["value"] == "1100000"
    assert _said("0.1")["value"] == "0.1"
    assert _said("9,007,199,254,740,993")["value"] == "9007199254740993"


_PIECES = st.sampled_from(
    ["at least", "more than", "between", "and", "to", "-", "5", "12", "1,000", "half", "a", "two",
     "hundred", "million", "dozens", "of", "thousands", "$", "km", "percent", "or", "more", ".",
     "in", "one", "third", "½", "/", ",", "\n", "an", "year", "old", "m", "€", "another"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14), st.sampled_from([" ", ""]))
def test_phrases_stand_in_order_within_any_text(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    end = 0
    for phrase in number_phrases(lexemes(text)):
        assert end <= phrase.start < phrase.end <= len(text)
        assert text[phrase.start : phrase.end] == text[phrase.start : phrase.end].strip()
        end = phrase.end


@given(st.text(max_size=60))
def test_any_words_are_read_or_refused(words: str) -> None:
    quantity = read_quantity(words)
    assert quantity is None or isinstance(quantity, Quantity)


@given(st.integers(min_value=0, max_value=10**12))
def test_a_figure_keeps_its_value(figure: int) -> None:
    assert _said(str(figure)) == {"kind": "count", "value": str(figure)}
    assert _said(f"{figure:,}") == {"kind": "count", "value": str(figure)}
