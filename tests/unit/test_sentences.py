"""Sentence offsets."""

import pytest
from hypothesis import given

from newspan.sentences import sentences
from strategies import texts

CASES = {
    "two": ["It rained.", "Nobody came."],
    "question and exclamation": ["Who came?", "Nobody!", "It rained."],
    "abbreviated titles": ["Gov. Brandès met Mr. Ana and Lt. Col. Duval.", "They left."],
    "initials": ["J. R. Duval spoke.", "U.N. staff left."],
    "company": ["Auredda Inc. said so.", "It left."],
    "months": ["It began on Sept. 3 and ended on Dec. 4.", "It rained."],
    "number of": ["No. 4 was hit.", "No. 5 was not."],
    "latin": ["Some fled, e.g. Ana, i.e. a nurse.", "It rained."],
    "decimals": ["About 2.5 million came.", "3.5 per cent left."],
    "thousands": ["Some 10.000 came.", "They left."],
    "mark after the full stop": ["“It rained.”", "She left."],
    "mark inside": ["“Did it rain?” she asked.", "He left."],
    "opening mark": ["He left.", "“It rained,” she said."],
    "quote of two sentences": ["“It rained.", "Nobody came,” she said."],
    "single marks": ["‘It rained.’", "‘Nobody came.’"],
    "straight marks": ['"It rained."', '"Nobody came."'],
    "parenthesis": ["It rained (a lot).", "(Nobody came.)", "He left."],
    "bracket": ["It rained [sic].", "[Nobody] came."],
    "ellipsis inside": ["It … rained."],
    "ellipsis before lower case": ["It was… wet."],
    "three dots at the end": ["It was...", "Nobody came."],
    "ellipsis at the end": ["It was…", "Nobody came."],
    "several marks": ["It rained?!", "Nobody came."],
    "country before a name": ["The U.S. Army left."],
    "country at the end of the text": ["He left the U.S."],
    "country at the end of a sentence": ["He left the U.S.", "The army stayed."],
    "country before a quote": ["He left the U.S.", "“We stayed,” she said."],
    "accented capital": ["It rained.", "Émile left."],
    "digit": ["It rained.", "40 people left."],
    "right to left": ["שלום.", "עולם."],
    "no case": ["中文.", "中文."],
    "emoji": ["It rained 🔥.", "Nobody came."],
    "no full stop": ["It rained"],
    "lower case after": ["It rained. and so on"],
    "web address": ["See example.org. It is there."],
}


@pytest.mark.parametrize("case", CASES)
def test_a_paragraph_is_cut_into_sentences(case):
    wanted = CASES[case]
    if case == "web address":
        wanted = ["See example.org.", "It is there."]
    text = " ".join(wanted)
    assert [text[start:end] for start, end in sentences(text)] == wanted


def test_lines_and_paragraphs_end_a_sentence():
    text = "A title\n\nBy Ana Duval\nin Porto\n\nIt rained."
    assert [text[a:b] for a, b in sentences(text)] == [
        "A title", "By Ana Duval", "in Porto", "It rained.",
    ]  # fmt: skip


def test_an_empty_text_has_no_sentence():
    assert sentences("") == []


@given(texts())
def test_sentences_are_sorted_apart_and_cover_every_character(text):
    found = sentences(text)
    at = 0
    for start, end in found:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("unit", ["Mr. X ", "A. ", "U.S. ", "No. ", "a. b ", "It. ", "... ", "((("])
def test_a_long_paragraph_is_read_in_one_pass(unit):
    text = (unit * 60_000).strip()
    assert sentences(text)[-1][1] == len(text)
