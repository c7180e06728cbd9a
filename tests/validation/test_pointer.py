"""The line under a span: carets stand in the cells in which a terminal shows the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newspan.errors import printable
from newspan.validation.excerpt import Part, excerpt
from newspan.validation.report.pointer import bracketed, pointed

COMBINING = "\N{COMBINING ACUTE ACCENT}"
LETTERS = st.text(
    st.sampled_from("ab cé平漢ﾊ\N{FIRE}…¶—\n\x1b\u202e\N{ZERO WIDTH SPACE}" + COMBINING),
    max_size=90,
)


def shown(text: str) -> str:
    return printable(text.replace("\n", "¶"))


@pytest.mark.parametrize(
    ("before", "words", "after", "line", "carets"),
    [
        ("said ", "nine", " men", "said nine men", "     ^^^^"),
        ("平和 ", "九", "人", "平和 九人", "     ^^"),
        ("cafe\u0301 ", "de\u0301ja", ".", "cafe\u0301 de\u0301ja.", "     ^^^^"),
        ("a\x1b ", "b\u202e", "c", r"a\u001b b\u202ec", "        ^^^^^^^"),
        ("one\n", "two\n\nthree", "", "one¶two¶¶three", "    ^^^^^^^^^^"),
        ("", "\N{FIRE}", "x", "\N{FIRE}x", "^^"),
        ("ab", "", "cd", "abcd", "  ^"),
        # A mark that begins inside a letter: the letter is what can be pointed at.
        ("e", "\u0301x", "y", "e\u0301xy", "^^"),
        ("e", "\u0301", "y", "e\u0301y", "^"),
    ],
)
def test_carets_stand_under_the_words(
    before: str, words: str, after: str, line: str, carets: str
) -> None:
    parts = [Part(before, False), Part(words, True), Part(after, False)]
    assert pointed([p for p in parts if p.text or p.marked], 80) == (line, carets)


@given(LETTERS, LETTERS.filter(bool), LETTERS)
def test_carets_stand_in_the_cells_of_the_words(before: str, words: str, after: str) -> None:
    words, after = words.lstrip(COMBINING) or "x", after.lstrip(COMBINING)
    before = before.rstrip("\N{ZERO WIDTH SPACE}")
    parts = [Part(before, False), Part(words, True), Part(after, False)]
    line, carets = pointed([p for p in parts if p.text], 10_000)
    assert line == shown(before) + shown(words) + shown(after)
    assert carets == " " * cell_len(shown(before)) + "^" * cell_len(shown(words))


@given(LETTERS, LETTERS.filter(bool), LETTERS, st.integers(34, 120))
def test_a_line_fits_and_keeps_both_ends_of_the_words(
    before: str, words: str, after: str, width: int
) -> None:
    words = f"<{words}>"
    line, carets = pointed([Part(before, False), Part(words, True), Part(after, False)], width)
    assert cell_len(line) <= width
    assert len(carets) <= width
    assert line.count("<") == line.count(">") == 1
    start, end = line.index("<"), line.index(">")
    assert carets == " " * cell_len(line[:start]) + "^" * cell_len(line[start : end + 1])


@given(st.lists(LETTERS.filter(bool), min_size=2, max_size=5), st.integers(80, 120))
def test_every_fragment_keeps_a_caret(words: list[str], width: int) -> None:
    parts = [p for w in words for p in (Part("gap " * 20, False), Part(f"<{w}>", True))]
    line, carets = pointed(parts, width)
    assert line.count("<") == line.count(">") == len(words) == len(carets.split())


@pytest.mark.parametrize("words", ["שלום", "مرحبا", "a ש b"])
def test_where_order_turns_the_words_stand_in_brackets(words: str) -> None:
    parts = [Part("he said ", False), Part(words, True), Part(" twice", False)]
    assert pointed(parts, 80) == (f"he said ⟦{words}⟧ twice", "")
    assert cell_len(pointed([Part("x " * 90, False), Part(words, True)], 40)[0]) <= 40


def test_brackets_for_places_without_columns() -> None:
    assert bracketed([Part("a ", False), Part("b", True), Part(" c", False)], 80) == "a ⟦b⟧ c"


TEXT = "First line.\nThe harbour office put the toll at 14, nine of them guards aged 40.\nThird."


@pytest.mark.parametrize(
    ("fragments", "said"),
    [
        ([(0, 5)], "[First] line."),
        ([(TEXT.index("14"), TEXT.index("14") + 2)],
         "The harbour office put the toll at [14], nine of them guards aged 40."),
        ([(12, 15), (24, 30)], "[The] harbour [office] put the toll at 14, nine of them…"),
        ([(64, 70)], "…put the toll at 14, nine of them [guards] aged 40."),
        ([(24, 30), (12, 15)], "[The] harbour [office] put the toll at 14, nine of them…"),
        ([(12, 27), (24, 30)], "[The harbour off][ice] put the toll at 14, nine of them…"),
        ([(6, 15)], "First [line.\nThe] harbour office put the toll at 14,…"),
        ([(len(TEXT), len(TEXT))], "Third.[]"),
        ([(5, 10**6), (12, 15)], "[The] harbour office put the toll at 14,…"),
        ([(-3, 2)], ""),
        ([(9, 4)], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_an_excerpt_is_the_span_in_its_line(fragments: list[tuple[int, int]], said: str) -> None:
    found = excerpt(TEXT, fragments)
    assert "".join(f"[{p.text}]" if p.marked else p.text for p in found) == said


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_an_excerpt_is_short_and_made_of_the_text(text: str, start: int, end: int) -> None:
    found = excerpt(text, [(start, end)])
    assert sum(len(p.text) for p in found) <= 400
    assert bool(found) == (start <= end <= len(text))
    if found and end - start <= 200:
        assert "".join(p.text for p in found if p.marked) == text[start:end]
