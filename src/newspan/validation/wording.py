"""What the words of a number say of it, to be held against its attributes.

Words are read once for every text that occurs, so that millions of numbers cost little. Each
reading is null where the words say nothing or leave a doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newspan.validation.number_words import read_number

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Wording", "read_wording", "with_wording"]

_DIMENSIONS: dict[str, tuple[str, ...]] = {
    "time": ("ms", "s", "min", "h", "d", "wk", "mo", "a"),
    "length": ("mm", "cm", "m", "km", "[in_i]", "[ft_i]", "[yd_i]", "[mi_i]", "[nmi_i]"),
    "area": ("m2", "km2", "har", "ar", "[acr_us]", "[acr_br]", "[smi_us]", "[sft_i]", "[mi_i]2"),
    "volume": ("m3", "km3", "L", "l", "mL", "[gal_us]", "[gal_br]", "[bbl_us]", "[cft_i]"),
    "mass": ("mg", "g", "kg", "t", "kt", "Mt", "[lb_av]", "[oz_av]", "[ston_av]", "[lton_av]"),
    "speed": ("m/s", "km/h", "[mi_i]/h", "[kn_i]"),
    "temperature": ("Cel", "[degF]", "K"),
    "power": ("W", "kW", "MW", "GW", "TW"),
    "energy": ("J", "kJ", "MJ", "GJ", "W.h", "kW.h", "MW.h", "GW.h", "TW.h"),
}
"""What units measure, so that hours and days can be told from hours and miles."""

_UNITS: dict[str, str] = {
    "seconds?": "s", "minutes?": "min", "hours?": "h", "days?": "d", "weeks?": "wk",
    "fortnights?": "wk d", "months?": "mo", "years?": "a", "decades?": "a", "centur(?:y|ies)": "a",
    "square (?:kilomet(?:re|er)s?|km)|km2|km²": "km2",
    "square (?:met(?:re|er)s?|m)|m2|m²": "m2",
    "cubic met(?:re|er)s?|m3|m³": "m3",
    "kilomet(?:re|er)s?|kms?": "km", "centimet(?:re|er)s?|cm": "cm",
    "millimet(?:re|er)s?|mm": "mm", "met(?:re|er)s?": "m", "nautical miles?|nmi": "[nmi_i]",
    "miles?": "[mi_i] [nmi_i]", "feet|foot": "[ft_i]", "inch(?:es)?": "[in_i]",
    "yards?": "[yd_i]", "hectares?": "har", "acres?": "[acr_us] [acr_br]",
    "tonnes?|metric tons?": "t", "tons?": "t [ston_av] [lton_av]",
    "kilogram(?:me)?s?|kilos?|kg": "kg", "lit(?:re|er)s?": "L l",
    "knots?": "[kn_i]", "mph": "[mi_i]/h", "kph|km/h": "km/h", "megawatts?|mw": "MW",
    "celsius": "Cel", "fahrenheit": "[degF]", "per ?cent": "%", "%": "%",
    "euros?": "EUR", "€": "EUR", "us dollars?|us\\$": "USD", "yen": "JPY", "£": "GBP XXX",
}  # fmt: skip
"""Pattern of a unit word to the codes that may stand for it; longer words before their parts."""
_UNIT = re.compile(
    "|".join(
        # A sign may touch a figure, a word no letter.
        f"(?<![a-z])(?:{pattern})(?![a-z0-9²³])" if pattern[0].isalpha() else f"(?:{pattern})"
        for pattern in _UNITS
    )
)
_CODES = [(re.compile(pattern), codes) for pattern, codes in _UNITS.items()]
_TWO_UNITS = re.compile(r"percentage points?|[a-z]/[a-z]| per (?!cent)| an? (?=[a-z]+$)")
"""Where more than one unit is named, or none that has a code."""

_NOT_MORE = re.compile(r"\b(?:no|not) (?:more|later|longer) than\b|\bas \w+ as\b")
_NOT_FEWER = re.compile(r"\b(?:no|not) (?:fewer|less) than\b|\bor (?:more|over|longer)\b")
_MODIFIERS: dict[str, re.Pattern[str]] = {
    "at_least": re.compile(r"\b(?:at least|a minimum of)\b"),
    "more_than": re.compile(r"\b(?:more than|over|above|upwards of|in excess of)\b"),
    "at_most": re.compile(r"\b(?:at most|up to|within|a maximum of|or (?:fewer|less))\b"),
    "less_than": re.compile(r"\b(?:less than|fewer than|under|below)\b"),
    "approximate": re.compile(
        r"\b(?:about|around|approximately|roughly|some|nearly|almost|close to|an estimated|or so)\b"
    ),
    "range": re.compile(
        r"\bbetween\b.* and |(?<!up)(?<!close) to |[0-9] ?[-–] ?[0-9]"
        r"|[a-z0-9] or (?!more|fewer|less|so)"
    ),
    "vague": re.compile(r"\b(?:tens|dozens|scores|hundreds|thousands|millions|billions)\b"),
}
"""Modifier to the words that mean it, where no other modifier's words stand beside them."""


class Wording(NamedTuple):
    """What the words of a number say."""

    value: float | None
    """The number that they give; not for figures in digits alone."""
    modifier: str | None
    units: str | None
    """The codes that their unit may have, parted by spaces."""


def read_wording(text: str) -> Wording:
    """What the words of a number say of its value, modifier and unit."""
    plain = text.lower().replace("’", "'")
    value = read_number(text)
    return Wording(None if value is None else float(value), _modifier(plain), _units(plain))


def _modifier(plain: str) -> str | None:
    """The one modifier that the words name."""
    plain = _NOT_FEWER.sub("at least", _NOT_MORE.sub("at most", plain))
    found = [name for name, pattern in _MODIFIERS.items() if pattern.search(plain)]
    return found[0] if len(found) == 1 else None


def _units(plain: str) -> str | None:
    """The codes of the one unit word."""
    if _TWO_UNITS.search(plain):
        return None
    found = set(_UNIT.findall(plain))
    if len(found) != 1:
        return None
    (word,) = found
    return next(codes for pattern, codes in _CODES if pattern.fullmatch(word))


def with_wording(numbers: pl.DataFrame) -> pl.DataFrame:
    """The numbers with said_value, said_modifier and said_units, read from their text.

    Besides, `dimension` is what the unit measures: `money`, `length`, the unit itself where
    none is known of it, null without one.
    """
    import polars as pl

    texts = numbers.get_column("text").drop_nulls().unique()
    read = [read_wording(text) for text in texts]
    said = pl.DataFrame(
        {
            "text": texts,
            "said_value": pl.Series([w.value for w in read], dtype=pl.Float64),
            "said_modifier": pl.Series([w.modifier for w in read], dtype=pl.String),
            "said_units": pl.Series([w.units for w in read], dtype=pl.String),
        }
    )
    known = {unit: name for name, units in _DIMENSIONS.items() for unit in units}
    named = pl.when(pl.col("kind") == "money").then(pl.lit("money"))
    return numbers.join(said, on="text", how="left", maintain_order="left").with_columns(
        dimension=pl.when(pl.col("unit").is_not_null()).then(
            named.otherwise(pl.col("unit").replace(known))
        )
    )
