"""What the text says: loose quotation marks, names left unmarked, places out of their country."""

from __future__ import annotations

import polars as pl
import pytest

from newspan.validation.clues import with_loose_marks
from newspan.validation.countries import country_boxes, with_distance
from newspan.validation.names import unmarked_names
from newspan.validation.quotation_marks import loose_in_quote, marks_of


def read(text: str) -> str | None:
    found: str | None = with_loose_marks(pl.DataFrame({"text": [text]}))["loose_mark"][0]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "“We wait,” she said.\n\nNobody came.",
        "“We wait.\n\n“We count.\n\n“We go home,” she said.",
        "“We wait.\n\nWe count,” she said.",
        '"We wait.\n\n"We count," she said. "We go."',
        "‘We wait,’ she said. ‘It’s “late”, he told me.’",
        "The boats’ crews and the 1990s’ laws.",
        "No marks at all.",
        "",
    ],
)
def test_news_style_marks_are_sound(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One.\n\n“We wait, she said.\n\nTwo.\n\nThree.", "“ in paragraph 2"),
        ("“We wait.\n\n“We count.\n\nTwo.", "“ in paragraph 2"),
        ("“We wait", "“ in paragraph 1"),
        ('"We wait, she said.\n\nTwo.\n\nThree.', '" in paragraph 1'),
        ("She said: ‘We wait.", "‘ in paragraph 1"),
    ],
)
def test_a_mark_that_stays_open_is_found(text: str, said: str) -> None:
    assert read(text) == said


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("“We wait,” … “and we count.”", None),
        ("“We wait. … “We count.”", None),
        ("“We wait. … We count.”", None),
        ("that the “ice” would hold", None),
        ("that the “ice would hold", "“"),
        ("a paper dyke”", "”"),
        ('that the "ice would hold', '"'),
        ('"We wait.\n\n"We count."', None),
        ("", None),
    ],
)
def test_a_quote_holds_both_marks_or_none(text: str, loose: str | None) -> None:
    marks = pl.select(marks_of(pl.lit(text))).item()
    assert loose_in_quote(marks) == loose


def unmarked(text: str, *marked: str, covered: str | None = None) -> list[tuple[str, int]]:
    """Names left unmarked: each name is marked where it stands first."""
    spans = [
        {"id": f"a/p/{n}", "article_id": "a", "layer": "actor", "start": text.index(words),
         "end": text.index(words) + len(words), "text": words}
        for n, words in enumerate(marked)
    ]  # fmt: skip
    names = pl.DataFrame(spans, schema_overrides={"start": pl.Int32, "end": pl.Int32})
    more = []
    if covered is not None:
        at = text.index(covered)
        more = [spans[0] | {"id": "a/p/x", "start": at, "end": at + len(covered)}]
    around = pl.DataFrame(spans + more, schema=names.schema)
    articles = pl.DataFrame({"id": ["a", "b"], "text": [text, None]})
    found = unmarked_names(names, around, articles)
    for start, end, words in found.select("start", "end", "text").iter_rows():
        assert text[start:end] == words
    return [(row["text"], row["start"]) for row in found.iter_rows(named=True)]


def test_a_name_left_unmarked_is_found_at_its_place() -> None:
    text = "Élodie Dûval met Orsk — 🕯 — and Orsk said to Élodie Dûval: “Orsk, go.”"
    assert unmarked(text, "Élodie Dûval", "Orsk") == [
        ("Orsk", text.index("Orsk said")),
        ("Élodie Dûval", text.index("Élodie Dûval:")),
        ("Orsk", text.index("Orsk, go")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Orsk left. The Orskians, Orsk-backed crews and pre-Orsk laws stay, as does Orské.",
        "Orsk left. ORSK and orsk are other words.",
        "Orsk left. One Orsk came, another Orsk too.",
    ],
)
def test_what_is_no_whole_name_is_passed_over(text: str) -> None:
    assert unmarked(text, "Orsk") == []


def test_a_name_inside_a_longer_span_is_marked() -> None:
    text = "Orsk left. The Orsk harbour guild stayed."
    assert unmarked(text, "Orsk", covered="Orsk harbour guild") == []
    assert unmarked(text, "Orsk", covered="harbour guild") == [("Orsk", 15)]


@pytest.mark.parametrize(
    ("code", "latitude", "longitude", "low", "high"),
    [
        ("BE", 50.85, 4.35, 0, 0),
        ("BE", 4.35, 50.85, 5000, 8000),  # swapped
        ("FJ", -16.8, -179.9, 0, 0),  # over the antimeridian
        ("FJ", -16.8, 175.0, 150, 400),
        ("RU", 66.0, -170.5, 0, 0),
        ("US", 21.3, -157.9, 0, 0),
        ("US", 21.3, 157.9, 1000, 5000),  # a lost minus
        ("NA", -22.6, 17.1, 0, 0),  # a code that looks like a missing value
    ],
)
def test_the_distance_from_a_country(
    code: str, latitude: float, longitude: float, low: float, high: float
) -> None:
    place = {"country_code": [code], "latitude": [latitude], "longitude": [longitude]}
    (km,) = with_distance(pl.DataFrame(place))["km_outside"]
    assert low <= km <= high


@pytest.mark.parametrize(
    "place", [("XX", 1.0, 1.0), (None, 1.0, 1.0), ("BE", None, None), ("BE", 50.0, None)]
)
def test_without_a_country_or_a_place_there_is_no_distance(
    place: tuple[str | None, float | None, float | None],
) -> None:
    names = {"country_code": pl.String, "latitude": pl.Float64, "longitude": pl.Float64}
    frame = pl.DataFrame([place], schema=names, orient="row")
    assert with_distance(frame)["km_outside"].to_list() == [None]


def test_every_box_is_one() -> None:
    boxes = country_boxes()
    assert boxes.height > 240
    assert boxes["country"].is_unique().all()
    assert boxes["country"].str.contains("^[A-Z]{2}$").all()
    assert (boxes["south"] <= boxes["north"]).all()
    over = boxes.filter(pl.col("west") > pl.col("east"))["country"].to_list()
    assert over == ["FJ", "KI", "NZ", "RU"]
