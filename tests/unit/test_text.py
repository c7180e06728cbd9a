"""Normalisation step by step, and offsets against Python's own encoders."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from newspan import text as module
from newspan.errors import TextError
from newspan.text import (
    STEPS,
    OffsetMap,
    fingerprint,
    first_crossing,
    is_normalized,
    normalize,
    paragraph_fingerprints,
    paragraphs,
)

SPACE = st.sampled_from(list(" \t\n\r\x0b\x0c\x85\u00a0\u2028\u2029\u3000\ufeff"))
LETTER = st.sampled_from([*"aé“’—9", "e\u0301", "\u1e9b\u0323", "𝔸", "👩‍👧", "עִב", "한"])
RAW = st.lists(SPACE | LETTER | st.characters(exclude_categories=["Cs", "Cc"])).map("".join)
UNREADABLE = st.sampled_from("\x00\x01\x08\x0e\x1b\x1f\x7f\x80\x84\x86\x9f\ud800\udbff\udfff")
RANGES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1]))
)


def test_byte_order_marks_are_removed() -> None:
    assert normalize("\ufeffOne\ufefftwo") == "Onetwo"


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"])
def test_every_line_break_is_a_line_feed(mark: str) -> None:
    assert normalize(f"One{mark}two") == "One\ntwo"


def test_a_paragraph_separator_parts_paragraphs() -> None:
    assert normalize("One\u2029two") == "One\n\ntwo"


def test_letters_are_composed() -> None:
    assert normalize("e\u0301") == "é"
    assert normalize("ﬁ ½ Ⅳ") == "ﬁ ½ Ⅳ"  # compatibility forms stay: NFC, not NFKC


def test_runs_of_spaces_and_tabs_are_one_space() -> None:
    assert normalize("One \t  two\tthree") == "One two three"


def test_no_break_spaces_stay() -> None:
    assert normalize("40\u00a0000\u202fkm") == "40\u00a0000\u202fkm"


def test_lines_have_no_white_space_at_their_edges() -> None:
    assert normalize(" One \n\u00a0two\u3000\n\tthree") == "One\ntwo\nthree"


def test_paragraphs_are_parted_by_one_blank_line() -> None:
    assert normalize("\n\nOne\n \n\t\n\ntwo\nthree\n\n") == "One\n\ntwo\nthree"


@given(st.one_of(RAW, st.text(), st.text("a \n\u2019é\u0301\U0001f525\ud800\u00a0\u2028")))
@example("")
@example("One\n\ntwo")
@example("One\n\n\ntwo")
@example("One ")
@example("\nOne")
@example("One \u2019\n two")
@example("e\u0301")
@example("\u212b")
def test_is_normalized_says_what_normalize_would_do(text: str) -> None:
    try:
        expected = normalize(text) == text
    except TextError:
        expected = False
    assert is_normalized(text) == expected


def test_an_empty_text_is_empty() -> None:
    assert normalize(" \n\ufeff\t") == ""


@given(RAW)
@example("\ufeff \ufeff\r\n\ufeff")
@example("a \u2028 \u2029 \u0301")
@example("\n\u0301\n \u0301")
def test_normalisation_is_idempotent(raw: str) -> None:
    assert normalize(normalize(raw)) == normalize(raw)


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.__name__)
@given(raw=RAW)
def test_each_step_is_idempotent(step: object, raw: str) -> None:
    assert callable(step)
    assert step(step(raw)) == step(raw)


@given(RAW)
def test_a_normalised_text_has_what_offsets_rely_on(raw: str) -> None:
    made = normalize(raw)
    assert unicodedata.is_normalized("NFC", made)
    assert not set(made) & set("\r\x0b\x0c\x85\u2028\u2029\t\ufeff")
    assert "  " not in made
    assert "\n\n\n" not in made
    assert made == made.strip()
    assert all(line == line.strip() for line in made.split("\n"))


@given(RAW)
def test_normalisation_keeps_every_letter(raw: str) -> None:
    def letters(text: str) -> str:
        kept = (c for c in text if not c.isspace() and c != "\ufeff")
        return unicodedata.normalize("NFC", "".join(kept))

    assume(not any(unicodedata.combining(c) for c in raw))
    assert letters(normalize(raw)) == letters(raw)


@given(RAW, UNREADABLE, RAW)
def test_unreadable_characters_are_refused(before: str, char: str, after: str) -> None:
    with pytest.raises(TextError, match=rf"U\+{ord(char):04X}"):
        normalize(f"a{before}{char}{after}b")


def test_the_message_names_kind_place_and_line() -> None:
    with pytest.raises(TextError, match="lone surrogate U\\+D83D at character 4 \\(line 2\\)"):
        normalize("One\n\ud83dx")
    with pytest.raises(TextError, match="control character U\\+0000"):
        normalize("a\x00b")


@given(RAW)
def test_fingerprints_are_those_of_the_bytes(raw: str) -> None:
    made = normalize(raw)
    assert fingerprint(made) == hashlib.sha256(made.encode()).hexdigest()
    assert len(paragraph_fingerprints(made)) == len(paragraphs(made))
    for start, paragraph in paragraphs(made):
        assert made[start : start + len(paragraph)] == paragraph
    assert "\n\n".join(p for _, p in paragraphs(made)) == made


@pytest.mark.parametrize(
    ("unit", "codec", "size"), [("utf-16", "utf-16-le", 2), ("utf-8", "utf-8", 1)]
)
@given(raw=st.text())
@example(raw="a👩‍👧b𝔸é\U0010ffff")
def test_offsets_agree_with_the_encoder_both_ways(
    unit: str, codec: str, size: int, raw: str
) -> None:
    offsets = list(range(len(raw) + 1))
    expected = [len(raw[:i].encode(codec)) // size for i in offsets]
    mapped = OffsetMap(raw, unit)
    assert mapped.to_units(offsets).tolist() == expected
    assert mapped.to_points(expected).tolist() == offsets


@pytest.mark.parametrize(("unit", "inside"), [("utf-16", [2]), ("utf-8", [2, 3, 4])])
def test_an_offset_inside_a_character_is_refused(unit: str, inside: list[int]) -> None:
    mapped = OffsetMap("a𝔸b", unit)
    for offset in inside:
        with pytest.raises(ValueError, match="inside a character"):
            mapped.to_points([0, offset])


@given(st.text(min_size=1))
def test_every_unit_offset_is_a_boundary_or_refused(raw: str) -> None:
    mapped = OffsetMap(raw, "utf-16")
    units = {len(raw[:i].encode("utf-16-le")) // 2: i for i in range(len(raw) + 1)}
    for offset in range(max(units) + 1):
        if offset in units:
            assert mapped.to_points([offset]).tolist() == [units[offset]]
        else:
            with pytest.raises(ValueError, match="inside a character"):
                mapped.to_points([offset])


@pytest.mark.parametrize("offset", [-1, 3])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    mapped = OffsetMap("ab", "utf-8")
    with pytest.raises(ValueError, match=r"outside 0\.\.2"):
        mapped.to_units([offset])
    with pytest.raises(ValueError, match=r"outside 0\.\.2"):
        mapped.to_points([offset])


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="utf-32"):
        OffsetMap("a", "utf-32")


def crossing(a: tuple[int, int], b: tuple[int, int]) -> bool:
    (a0, a1), (b0, b1) = sorted([a, b])
    return a0 < b0 < a1 < b1


@given(RANGES)
def test_crossings_are_found_as_by_trying_all_pairs(ranges: list[tuple[int, int]]) -> None:
    found = first_crossing(ranges)
    assert (found is not None) == any(crossing(a, b) for a in ranges for b in ranges)
    assert found is None or crossing(*found)


def test_the_module_names_its_version() -> None:
    assert module.NORMALIZATION == "newspan-1"
