"""Quotes, cues and sources as the guidelines want them, one construction a test."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("spacy")

from newspan.annotations.propose.draft import Proposal
from newspan.annotations.propose.language import chosen_model, language_model
from newspan.annotations.propose.quotes import QuoteDraft, quote_draft


@cache
def nlp() -> Any:
    return language_model(chosen_model())


def draft(text: str) -> QuoteDraft:
    return quote_draft(nlp()(text))


def words(text: str, one: Proposal) -> str:
    return " … ".join(text[start:end] for start, end in one.fragments)


def found(text: str) -> list[tuple[str, str, str | None, list[str]]]:
    """For each quote its form, words, cue and speakers."""
    made = draft(text)
    cues = {id(tie.tail): words(text, tie.head) for tie in made.ties}
    return [
        (
            str(one.attributes["form"]),
            words(text, one),
            cues.get(id(one)),
            [
                text[s.start : s.end]
                for s in made.sources
                if s.quote is one and s.relation == "said_by"
            ],
        )
        for one in made.spans
        if one.layer == "quote"
    ]


def attribute(text: str, name: str) -> list[object]:
    return [one.attributes.get(name) for one in draft(text).spans if one.layer == "quote"]


CASES = [
    # direct, by the place of the cue (Q3, Q4)
    ("“The ice will hold,” Varn said.", ("direct", "“The ice will hold,”", "said", ["Varn"])),
    ("“The ice will hold,” said Varn.", ("direct", "“The ice will hold,”", "said", ["Varn"])),
    ('"The ice will hold", said Varn.', ("direct", '"The ice will hold"', "said", ["Varn"])),
    ("Varn said: “The ice will hold.”", ("direct", "“The ice will hold.”", "said", ["Varn"])),
    ("“Will the ice hold?” asked Varn.", ("direct", "“Will the ice hold?”", "asked", ["Varn"])),
    ("“Will the ice hold?” Varn asked.", ("direct", "“Will the ice hold?”", "asked", ["Varn"])),
    (
        "“We wait,” said Varn. “Nobody sails today.”",
        ("direct", "“We wait,” … “Nobody sails today.”", "said", ["Varn"]),
    ),
    (
        "“We wait,” Varn said, “and we count the boats.”",
        ("direct", "“We wait,” … “and we count the boats.”", "said", ["Varn"]),
    ),
    (
        "“We wait,” said Tessa Varn, the harbour chief, “and we count the boats.”",
        ("direct", "“We wait,” … “and we count the boats.”", "said", ["Tessa Varn"]),
    ),
    (
        "“We wait.\n\n“We count the boats,” Varn told reporters.",
        ("direct", "“We wait. … “We count the boats,”", "told", ["Varn"]),
    ),
    # mixed (Q1a)
    (
        "Varn said the ice would “hold until May”.",
        ("mixed", "the ice would “hold until May”", "said", ["Varn"]),
    ),
    ("Varn called the plan “a paper dyke”.", ("mixed", "“a paper dyke”", "called", ["Varn"])),
    (
        "Varn dismissed the plan as “a paper dyke”.",
        ("mixed", "“a paper dyke”", "dismissed", ["Varn"]),
    ),
    # indirect
    ("Varn said the ice would hold.", ("indirect", "the ice would hold", "said", ["Varn"])),
    (
        "Varn said in a statement that the ice would hold.",
        ("indirect", "that the ice would hold", "said", ["Varn"]),
    ),
    ("The ice would hold, Varn said.", ("indirect", "The ice would hold", "said", ["Varn"])),
    (
        "The ice, Varn said, would hold until May.",
        ("indirect", "The ice … would hold until May", "said", ["Varn"]),
    ),
    (
        "Six boats sank, according to the guild.",
        ("indirect", "Six boats sank", "according to", ["guild"]),
    ),
    (
        "According to the guild, six boats sank.",
        ("indirect", "six boats sank", "According to", ["guild"]),
    ),
    (
        "The mayor promised to reopen the pier.",
        ("indirect", "to reopen the pier", "promised", ["mayor"]),
    ),
    (
        "The mayor urged residents to leave the town.",
        ("indirect", "to leave the town", "urged", ["mayor"]),
    ),
    (
        "Varn warned against crossing the ice.",
        ("indirect", "crossing the ice", "warned", ["Varn"]),
    ),
    (
        "Varn would not say whether the pier was safe.",
        ("indirect", "whether the pier was safe", "would not say", ["Varn"]),
    ),
    (
        "The pier has a wall that Varn said would fail.",
        ("indirect", "would fail", "said", ["Varn"]),
    ),
    (
        "Krenn is reported to have left the country.",
        ("indirect", "to have left the country", "is reported", []),
    ),
    # cues (Q4a)
    (
        "Varn has often said that the ice would hold.",
        ("indirect", "that the ice would hold", "has often said", ["Varn"]),
    ),
    (
        "Varn was quoted as saying that the ice would hold.",
        ("indirect", "that the ice would hold", "saying", ["Varn"]),
    ),
    ("Varn: “Nobody sails today.”", ("direct", "“Nobody sails today.”", ":", ["Varn"])),
    (
        "State media quoted an officer as saying: “We will count the boats.”",
        ("direct", "“We will count the boats.”", "saying", ["officer"]),
    ),
    (
        "“We count the boats,” he is quoted as saying.",
        ("direct", "“We count the boats,”", "saying", ["he"]),
    ),
    (
        "Tessa Varn said:\n\n“We wait for the boats.”",
        ("direct", "“We wait for the boats.”", "said", ["Tessa Varn"]),
    ),
    # what belongs to the content and what to the reporting clause
    (
        "Police said on Tuesday they had arrested four men.",
        ("indirect", "they had arrested four men", "said", ["Police"]),
    ),
    (
        "The premier told parliament that he was ill, and that he would not resign.",
        ("indirect", "that he was ill, and that he would not resign", "told", ["premier"]),
    ),
    (
        "The bridge was closed, said Mila Dostane, who heads the port, “because it might fall.”",
        ("mixed", "The bridge was closed … “because it might fall.”", "said", ["Mila Dostane"]),
    ),
    (
        "Krenn, whom she called “a liar”, did not answer.",
        ("mixed", "“a liar”", "called", ["she"]),
    ),
    (
        "The boats carry men described by the guild as “our best”.",
        ("mixed", "“our best”", "described", ["guild"]),
    ),
    (
        "Aid groups warned of a “long winter”.",
        ("mixed", "“long winter”", "warned", ["Aid groups"]),
    ),
    (
        "Asked whether the dyke would hold, Varn said: “Ask the river.”",
        ("direct", "“Ask the river.”", "said", ["Varn"]),
    ),
    # speakers (A2, A6)
    (
        "Varn, speaking on state television, called it “a day of shame”.",
        ("mixed", "“a day of shame”", "called", ["Varn"]),
    ),
    (
        "An “Asian security source” stated that the boats had sailed.",
        ("indirect", "that the boats had sailed", "stated", ["Asian security source"]),
    ),
    (
        "Varn and Krenn said the ice would hold.",
        ("indirect", "the ice would hold", "said", ["Varn", "Krenn"]),
    ),
    (
        "“We wait,” said Admiral Tessa Varn, the harbour chief.",
        ("direct", "“We wait,”", "said", ["Tessa Varn"]),
    ),
    (
        "The officer who signed the order said the boats were safe.",
        ("indirect", "the boats were safe", "said", ["officer who signed the order"]),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_one_quote(text: str, expected: tuple[str, str, str | None, list[str]]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Varn hopes to reopen the pier.",
        "Varn believes the ice will hold.",
        "The so-called “safe” lane was closed on Monday.",
        "She read “The Drowned Pier” on the boat.",
        "Neither government has said who fired first.",
        "The mayor announced a plan.",
        "Varn did not say when the pier would open.",
        "An officer asked not to be named.",
        "The doctor declined to give his name.",
        "The wheel would be called ‘Ilvane Eye’.",
        "The minister wants to announce that the pier is open.",
    ],
)
def test_no_utterance_is_no_quote(text: str) -> None:
    assert found(text) == []


def test_a_new_cue_makes_a_new_quote() -> None:
    text = "“We wait,” said Varn, and added: “Nobody sails today.”"

    assert found(text) == [
        ("direct", "“We wait,”", "said", ["Varn"]),
        ("direct", "“Nobody sails today.”", "added", ["Varn"]),
    ]


def test_a_verb_that_goes_on_with_the_subject_ends_the_content() -> None:
    text = (
        "The ministry denied that boats had crossed and called the tally “arithmetic for donors”."
    )

    assert found(text) == [
        ("indirect", "that boats had crossed", "denied", ["ministry"]),
        ("mixed", "“arithmetic for donors”", "called", ["ministry"]),
    ]


def test_a_participle_goes_on_with_the_speaker() -> None:
    text = "Varn said the ice would hold, adding that nobody should cross it."

    assert found(text) == [
        ("indirect", "the ice would hold", "said", ["Varn"]),
        ("indirect", "that nobody should cross it", "adding", ["Varn"]),
    ]


def test_another_subject_begins_another_report() -> None:
    text = "The guild said that six boats had sunk, and the ministry said that nobody had died."

    assert found(text) == [
        ("indirect", "that six boats had sunk", "said", ["guild"]),
        ("indirect", "that nobody had died", "said", ["ministry"]),
    ]


def test_a_sentence_in_marks_after_an_indirect_quote_has_its_speaker() -> None:
    text = "The mayor said the pier was closed. “We will open it in May.”"

    assert found(text)[1] == ("direct", "“We will open it in May.”", None, ["mayor"])


def test_a_colon_after_an_indirect_clause_is_the_cue_of_the_quote_in_marks() -> None:
    text = "The guild said it had struck off nine names: “Every name left has a mother.”"

    assert found(text) == [
        ("indirect", "it had struck off nine names", "said", ["guild"]),
        ("direct", "“Every name left has a mother.”", ":", ["guild"]),
    ]


def test_quotes_in_quotes() -> None:
    text = "“My daughter asked me, ‘Is it thunder?’ and I said, ‘Yes,’” said Varn."

    assert found(text) == [
        ("direct", "“My daughter asked me, ‘Is it thunder?’ and I said, ‘Yes,’”", "said", ["Varn"]),
        ("direct", "‘Is it thunder?’", "asked", ["My daughter"]),
        ("direct", "‘Yes,’", "said", ["I"]),
    ]


def test_an_indirect_quote_in_an_indirect_quote() -> None:
    text = "Varn said that Krenn had asked to leave the room."

    assert found(text) == [
        ("indirect", "that Krenn had asked to leave the room", "said", ["Varn"]),
        ("indirect", "to leave the room", "had asked", ["Krenn"]),
    ]


def test_performatives_in_a_quote_are_no_quotes() -> None:
    assert len(found("“We urge Ledora to talk,” said Varn.")) == 1


def test_the_speaker_is_never_in_the_next_paragraph() -> None:
    text = "“The fact is that nobody sails today.”\n\nThe ministry said six boats sank."

    assert found(text)[0] == ("direct", "“The fact is that nobody sails today.”", None, [])


def test_a_dateline_is_no_part_of_a_quote() -> None:
    text = "SALTMERE, Karvonia — Six boats sank on Monday, the guild said."

    assert found(text) == [("indirect", "Six boats sank on Monday", "said", ["guild"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Varn said the ice would hold.", "asserted"),
        ("Varn denied that the dyke had leaked.", "denied"),
        ("Varn declined to comment on the leak.", "declined"),
        ("Varn would not say whether the dyke had leaked.", "declined"),
        ("Krenn was told to say “the ice will hold”.", "hypothetical"),
    ],
)
def test_polarity(text: str, expected: str) -> None:
    assert attribute(text, "polarity")[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” said Tessa Varn.", "named"),
        ("“We wait,” said a pilot.", "anonymous"),
        ("Officials said the ice would hold.", "collective"),
        ("Krenn is reported to have left the country.", "implicit"),
    ],
)
def test_speaker(text: str, expected: str) -> None:
    assert attribute(text, "speaker") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Varn said in a press release that the ice would hold.", "statement"),
        ("Varn wrote on Twitter that the ice would hold.", "social_media"),
        ("Varn tweeted that the ice would hold.", "social_media"),
        ("Varn said in a letter that the ice would hold.", "document"),
        ("Varn told reporters that the ice would hold.", None),
        ("Varn told Radio Ummel that the ice would hold.", "broadcast"),
        ("Varn said in an interview with Reuters that the ice would hold.", "interview"),
        ("Varn said that the ice would hold.", None),
        ("Varn said on state television that the ice would hold.", "broadcast"),
        ("Varn wrote on the network Pikter that the ice would hold.", "social_media"),
        ("Varn said in a post on the network Pikter that the ice would hold.", "social_media"),
    ],
)
def test_channel_is_what_the_sentence_says(text: str, expected: str | None) -> None:
    assert attribute(text, "channel") == [expected]


def test_the_same_utterance_goes_on_by_the_same_channel() -> None:
    text = "Varn told Radio Ummel that the ice would hold. “Nobody should cross it,” she added."

    assert attribute(text, "channel") == ["broadcast", "broadcast"]
    assert [text[s.start : s.end] for s in draft(text).sources if s.relation == "via"] == [
        "Radio Ummel"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tessa Varn, quoted by Reuters, said the ice would hold.",
        "Reuters quoted Tessa Varn as saying the ice would hold.",
        "Tessa Varn said in remarks to Reuters that the ice would hold.",
    ],
)
def test_a_medium_that_quotes_is_the_carrier(text: str) -> None:
    made = draft(text)

    assert {(s.relation, text[s.start : s.end]) for s in made.sources} == {
        ("said_by", "Tessa Varn"),
        ("via", "Reuters"),
    }


def test_the_medium_that_was_told_is_the_carrier() -> None:
    text = "Varn told Reuters that the ice would hold."
    made = draft(text)

    assert [text[s.start : s.end] for s in made.sources if s.relation == "via"] == ["Reuters"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tessa Varn said the ice would hold.", "name"),
        ("A pilot said the ice would hold.", "nominal"),
        ("She said the ice would hold.", "pronoun"),
        ("The Dyke Ministry said the ice would hold.", "name"),
        ("Ledora’s foreign ministry said the ice would hold.", "name"),
    ],
)
def test_how_the_source_is_mentioned(text: str, expected: str) -> None:
    assert [source.mention for source in draft(text).sources] == [expected]


def test_a_report_that_says_something_has_its_issuer_for_a_speaker() -> None:
    assert found("A statement by the guild said the ice would hold.") == [
        ("indirect", "the ice would hold", "said", ["guild"])
    ]


def test_a_sentence_too_long_for_prose_is_left_alone() -> None:
    assert draft("Varn said “no” and " * 1_000).spans == []


LETTERS = st.text(st.sampled_from("“”‘’\"'«».,:;?!—- \n"), max_size=30)
PARTS = st.lists(
    st.one_of(
        LETTERS,
        st.sampled_from(
            [
                "Varn",
                "said",
                "that",
                "the",
                "ice",
                "will",
                "hold",
                "according",
                "to",
                "told",
                "reporters",
                ",",
                "and",
                "he",
                "was",
                "adding",
                "called",
                "“No,”",
                "‘yes’",
                "asked",
                "Krenn",
                "to",
                "leave",
                "denied",
                "who",
            ]
        ),
    ),
    max_size=25,
).map(" ".join)


@settings(deadline=None, max_examples=120)
@given(PARTS)
@example("")
@example("said")
@example("According to")
@example(":o, according to the guild, six boats sank.")
@example("“said” said “said")
@example("according to according to “according to”")
def test_no_text_makes_it_fail_and_what_it_finds_is_sound(text: str) -> None:
    made = draft(text)

    for one in made.spans:
        assert one.fragments
        for start, end in one.fragments:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
        assert all(a[1] < b[0] for a, b in pairwise(one.fragments))
    quotes = [one for one in made.spans if one.layer == "quote"]
    assert len({one.fragments for one in quotes}) == len(quotes)
    for number, one in enumerate(quotes):
        for other in quotes[number + 1 :]:
            for a, b in one.fragments:
                for c, d in other.fragments:
                    assert b <= c or d <= a or (a <= c and d <= b) or (c <= a and b <= d)
    for source in made.sources:
        assert 0 <= source.start < source.end <= len(text)
        assert source.quote in quotes
