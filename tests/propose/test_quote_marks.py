"""Quotation marks are found by their look, paragraph by paragraph."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newspan.annotations.propose.quotes import quoted_stretches


def stretches(text: str) -> list[str]:
    return [" … ".join(text[a:b] for a, b in one.fragments) for one in quoted_stretches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” said Varn.", ["“We wait,”"]),
        ('"We wait", said Varn.', ['"We wait"']),
        ("‘We wait,’ said Varn.", ["‘We wait,’"]),
        ("'We wait,' said Varn.", ["'We wait,'"]),
        ("«We wait», said Varn.", ["«We wait»"]),
        ("„We wait“, said Varn.", ["„We wait“"]),
        ("``We wait,'' said Varn.", ["``We wait,''"]),
        ("Varn: “No (she laughed) … [the ice] stays.”", ["“No (she laughed) … [the ice] stays.”"]),
        ('He shouted "No"—and "Yes".', ['"No"', '"Yes"']),
    ],
)
def test_marks_of_all_kinds(text: str, expected: list[str]) -> None:
    assert stretches(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The pilots' guild hadn't met since the '90s, and it's Varn's boat.",
        "The pilots’ guild hadn’t met since the ’90s, and it’s Varn’s boat.",
        'The hull was 6\' 2" wide and a 9" gun stood on it.',
        "Tell 'em the ice won't hold, 'cause it's May.",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    assert stretches(text) == []


def test_a_mark_between_spaces_opens_after_a_comma_or_a_colon() -> None:
    text = 'He said, " We ran." He is 6 foot " tall. He said: " no reply'
    assert [text[s.start : s.end] for s in quoted_stretches(text)] == ['" We ran."']


def test_an_apostrophe_after_a_plural_does_not_end_a_quote() -> None:
    text = "‘The pilots’ strike is over,’ said Varn. ‘They won’t sail.’"

    assert stretches(text) == ["‘The pilots’ strike is over,’", "‘They won’t sail.’"]


def test_a_closing_mark_after_an_s_ends_one_where_no_other_does() -> None:
    assert stretches("The ‘losses’ among the pilots were small.") == ["‘losses’"]


def test_marks_nest() -> None:
    found = quoted_stretches("“They call it ‘the sieve’,” he said.")

    assert [(one.start, one.end, one.depth) for one in found] == [(0, 27, 0), (14, 25, 1)]


def test_same_marks_nest_where_they_balance() -> None:
    assert stretches('"He said "no" to us," she said.') == ['"He said "no" to us,"', '"no"']


def test_a_quote_goes_on_where_the_next_paragraph_opens_marks_again() -> None:
    text = "“We wait.\n\n“We count.\n\n“We sail,” said Varn."

    assert stretches(text) == ["“We wait. … “We count. … “We sail,”"]
    assert quoted_stretches(text)[0].closed


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    found = quoted_stretches("“We wait, said Varn.\n\nThe “pier” is closed.")

    assert [(one.start, one.end, one.closed) for one in found] == [(0, 20, False), (26, 32, True)]


def test_an_unclosed_mark_ends_where_another_opens() -> None:
    text = 'Varn said: "We wait. "Nobody sails," she added.'

    assert stretches(text) == ['"We wait.', '"Nobody sails,"']


MARKS = st.text(st.sampled_from("“”‘’\"'«»„`s aB.,\n-—(1"), max_size=120)


@given(MARKS)
@example("“" * 60)
@example("‘a s’ b\n\n‘c")
@example("''''\n\n\"\"\"")
def test_any_marks_give_stretches_in_order_that_nest_or_lie_apart(text: str) -> None:
    found = quoted_stretches(text)

    for one in found:
        assert all(0 <= start < end <= len(text) for start, end in one.fragments)
        assert all(a[1] < b[0] for a, b in pairwise(one.fragments))
        assert all("\n\n" not in text[start:end] for start, end in one.fragments)
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            for a, b in one.fragments:
                for c, d in other.fragments:
                    assert b <= c or d <= a or (a <= c and d <= b) or (c <= a and b <= d)


@pytest.mark.parametrize("repeated", ['"', "“", "”", "'", " 'a", "s' a", "“ ”", "“a\n\n", '"\n\n'])
def test_a_text_of_marks_only_is_read(repeated: str) -> None:
    text = repeated * (100_000 // len(repeated))

    assert all(one.end <= len(text) for one in quoted_stretches(text))
