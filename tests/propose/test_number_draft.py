"""Numbers proposed in a parsed text: guidelines N1 to N11, one sentence a construction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newspan.annotations.propose.draft import Draft
from newspan.annotations.propose.numbers import number_draft
from propose.drafts import draft_of, nlp, number_of, numbers_of, ties_of, words_of


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The guild sent 12 barges to Saltmere.", ["12"]),
        ("The bill passed by 61 votes to 40.", ["61", "40"]),
        ("The council voted 94-61 to close the pier.", ["94", "61"]),
        ("Ilvane beat Velk 2-1 on Sunday.", ["2", "1"]),
        ("The cellar held nine feet of water.", ["nine feet"]),
        ("At least thirty ferries were late.", ["At least thirty"]),
        ("The firm paid more than 2 million euros.", ["more than 2 million euros"]),
        ("The pump moves 300 litres an hour.", ["300 litres"]),
        ("The guild lost only six boats.", ["six"]),
        ("The guild lost just over 40 boats.", ["over 40"]),
        ("Another 90 clerks were hurt.", ["Another 90"]),
        ("The navy saved 200 more at dusk.", ["200 more"]),
        ("It is about 4 km above Velk.", ["about 4 km"]),
        ("One in five houses is empty.", ["One in five"]),
        ("Dozens of shops were shut.", ["Dozens"]),
        ("Tens of thousands of people came.", ["Tens of thousands"]),
        ("Half the fleet stayed in port.", ["Half"]),
        ("The ministry reported no casualties.", ["no"]),
        ("Both piers were shut.", ["Both"]),
        ("The dyke was built over a decade.", ["a decade"]),
        ("The boat sank an hour later.", ["an hour"]),
        ("A 38-metre trawler sank near Velk.", ["38-metre"]),
    ],
)
def test_quantities_are_marked_with_modifier_and_unit(text: str, numbers: list[str]) -> None:
    assert numbers_of(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "The dyke broke on 4 March.",
        "The dyke broke on March 4, 2019.",
        "It opened between 27 and 31 May.",
        "The guild was founded in 1911.",
        "The pier was rebuilt after the 1953 flood.",
        "The ferry left at 7.50 am on Monday.",
        "The ferry left at 18:40 on Monday.",
        "The ferry left at ten o'clock.",
        "It was the third breach in the dyke.",
        "He was born on the 21st floor.",
        "The ferry left from Pier 9.",
        "Leaders of the G20 met in Ilvane.",
        "The Boeing 747 landed in Tarrenhold.",
        "The council adopted Resolution 1701.",
        "On Day 20 the rain stopped.",
        "Call the guild on 555 0199 or +44 20 7946 0958.",
        "One of the pilots smiled.",
        "Both Varn and Halvick smiled.",
        "No one smiled.",
        "Some boats and several barges left daily.",
        "It was in the first half of the game.",
        "She was a five-star admiral.",
        "The mayor of the 1990s smiled.",
    ],
)
def test_dates_names_and_ordinals_are_no_numbers(text: str) -> None:
    assert numbers_of(text) == []


def test_a_numbered_list_has_no_numbers() -> None:
    assert numbers_of("1. Boats left.\n2. Barges stayed.\n") == []


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Orla Venn, 34, is a clerk.", "34", "age"),
        ("A pilot aged 61 drowned.", "61", "age"),
        ("A 15-year-old deckhand drowned.", "15-year-old", "age"),
        ("Nine of the crew were under 18.", "under 18", "age"),
        ("The oldest victim was 81.", "81", "age"),
        ("Most boats were more than 20 years old.", "more than 20 years", "age"),
        ("The rain lasted eleven weeks.", "eleven weeks", "duration"),
        ("It cost £3bn.", "£3bn", "money"),
        ("Sales fell 34 percent.", "34 percent", "percent"),
        ("Two-thirds of the houses are empty.", "Two-thirds", "ratio"),
        ("The guild has 40 tonnes of fish.", "40 tonnes", "measure"),
    ],
)
def test_the_kind_comes_from_unit_or_context(text: str, words: str, kind: str) -> None:
    assert number_of(text, words)["kind"] == kind


def test_a_bare_dollar_takes_the_one_country_that_is_named() -> None:
    assert number_of("The port of Velk paid $5 million.", "$5 million")["unit"] == "XXX"
    assert number_of("Canada paid $5 million.", "$5 million")["unit"] == "CAD"
    assert number_of("Canada and Australia paid $5 million.", "$5 million")["unit"] == "XXX"


def test_money_goes_on_without_its_unit() -> None:
    text = "The repair cost 22 million euros, against 14 million."
    assert number_of(text, "14 million")["kind"] == "money"
    assert number_of(text, "14 million")["unit"] == "EUR"


@pytest.mark.parametrize(
    ("text", "words", "per"),
    [
        ("The pump moves 300 litres an hour.", "300 litres", "h"),
        ("They earn 35 euros a day.", "35 euros", "d"),
        ("They fire 8 missiles an hour.", "8", "h"),
        ("The port loses 5,000 euros per month.", "5,000 euros", "mo"),
    ],
)
def test_a_rate_stays_outside_the_number(text: str, words: str, per: str) -> None:
    assert number_of(text, words)["per"] == per


def test_a_day_later_is_no_rate() -> None:
    assert "per" not in number_of("They found 12 boats a day later.", "12")


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("The storm sank nine fishing boats.", [("nine", "fishing boats")]),
        ("About 9% of homes are dry.", [("About 9%", "homes")]),
        ("Sixty percent of Karvonia's grain exports burned.", [("Sixty percent", "grain exports")]),
        ("Half of the six boats left.", [("Half", "boats"), ("six", "boats")]),
        ("Six officers and soldiers left.", [("Six", "officers and soldiers")]),
        ("The death toll reached nine.", [("nine", "death toll")]),
        ("The death toll reached nine sailors.", [("nine", "sailors")]),
        ("The tower is 40 metres high.", []),
        ("The council voted 94-61.", []),
    ],
)
def test_what_is_counted_is_the_noun_with_its_premodifiers(
    text: str, ties: list[tuple[str, str]]
) -> None:
    assert ties_of(text, "counts") == ties


def test_an_ellipsis_counts_the_noun_that_it_understands() -> None:
    text = "In Velk, 12 pilots were rescued and at least 30 were wounded."
    assert ties_of(text, "counts") == [("12", "pilots"), ("at least 30", "pilots")]
    hurt = number_of(text, "at least 30")
    assert (hurt["elliptical"], hurt["property"], hurt["counted_class"]) == (
        True, "wounded", "person",
    )  # fmt: skip
    assert "elliptical" not in number_of(text, "12")


@pytest.mark.parametrize(
    ("text", "words", "counted_class"),
    [
        ("The army sent 640 soldiers.", "640", "soldier"),
        ("Six children drowned.", "Six", "child"),
        ("Six army officers drowned.", "Six", "soldier"),
        ("The guild owns 14 barges.", "14", "vessel"),
        ("Seventy missiles were fired.", "Seventy", "missile"),
        ("They shot down 34 drones.", "34", "drone"),
        ("The fire burned nine houses.", "nine", "building"),
        ("The bill passed by 61 votes to 40.", "61", "vote"),
        ("The council voted 94-61.", "94", "vote"),
    ],
)
def test_the_counted_class_is_that_of_the_noun(text: str, words: str, counted_class: str) -> None:
    assert number_of(text, words)["counted_class"] == counted_class


@pytest.mark.parametrize(
    ("text", "words", "happening"),
    [
        ("Six divers drowned.", "Six", "killed"),
        ("The blast killed 14 clerks.", "14", "killed"),
        ("At least 14 clerks were killed.", "At least 14", "killed"),
        ("The flood claimed the lives of 33 people.", "33", "killed"),
        ("Fourteen sailors lost their lives.", "Fourteen", "killed"),
        ("The death toll rose to 21.", "21", "killed"),
        ("Six clerks were wounded.", "Six", "wounded"),
        ("Forty people are missing.", "Forty", "missing"),
        ("The rebels captured nine boats.", "nine", "captured"),
        ("Police arrested 43 men.", "43", "detained"),
        ("In all, 31 people were taken to hospital.", "31", "hospitalized"),
        ("Divers rescued five sailors.", "five", "rescued"),
        ("The flood displaced 300 people.", "300", "displaced"),
        ("Some 300 people were evacuated.", "Some 300", "evacuated"),
        ("They fired 18 missiles.", "18", "launched"),
        ("They shot down 34 drones.", "34", "intercepted"),
        ("The fire destroyed nine houses.", "nine", "destroyed"),
        ("The army sent 640 soldiers.", "640", "deployed"),
        ("The ministry reported no casualties.", "no", "other"),
    ],
)
def test_the_property_is_what_happened(text: str, words: str, happening: str) -> None:
    said = number_of(text, words)
    assert said["property"] == happening
    assert said["scope"] == "total"


def test_no_property_where_nothing_happened() -> None:
    said = number_of("Six divers live in Saltmere.", "Six")
    assert "property" not in said
    assert "scope" not in said


def test_an_increment_adds_to_the_same_question_only() -> None:
    text = "Nine sailors died on Monday. Another two sailors died overnight."
    assert number_of(text, "Another two")["scope"] == "increment"
    text = "Nine sailors died on Monday. Another 40 sailors were wounded."
    assert number_of(text, "Another 40")["scope"] == "total"


@pytest.mark.parametrize(
    ("text", "words", "factuality"),
    [
        ("The army will send 60 boats.", "60", "planned"),
        ("The guild plans to send 60 boats.", "60", "planned"),
        ("Up to 60 boats may have sunk.", "Up to 60", "possible"),
        ("The guild wants ten days.", "ten days", "possible"),
        ("It was six boats, not five.", "five", "negated"),
    ],
)
def test_factuality_follows_the_verb(text: str, words: str, factuality: str) -> None:
    assert number_of(text, words)["factuality"] == factuality


def test_a_fact_is_actual() -> None:
    assert number_of("The army sent 60 boats.", "60")["factuality"] == "actual"


@pytest.mark.parametrize(
    ("text", "ties"),
    [
        ("The clinic treated 50 people, including nine children.", [("nine", "50")]),
        ("The clinic treated 50 people. Among them were nine children.", [("nine", "50")]),
        ("The clinic treated 50 people, six of them children.", [("six", "50")]),
        ("Of 40 drones sent, 34 were shot down.", [("34", "40")]),
        ("A third of the 90 houses burned.", [("A third", "90")]),
        ("They paid 700 euros, including 150 euros for fuel.", [("150 euros", "700 euros")]),
        ("Thirty sailors stay: 17 in Velk, ten in Ilvane and three in Saltmere.",
         [("17", "Thirty"), ("ten", "Thirty"), ("three", "Thirty")]),
        ("The clinic treated 50 people and nine children died.", []),
    ],
)  # fmt: skip
def test_a_part_is_tied_to_its_whole(text: str, ties: list[tuple[str, str]]) -> None:
    assert ties_of(text, "part_of") == ties


def test_a_soldier_in_a_list_of_the_dead_is_a_number() -> None:
    text = "The clash killed nine policemen and a British soldier."
    assert numbers_of(text) == ["nine", "a"]
    assert number_of(text, "a")["value"] == "1"
    assert numbers_of("The clash killed nine policemen. A British soldier waved.") == ["nine"]


def test_a_number_after_a_date_is_no_part_of_it() -> None:
    assert numbers_of("In May, 30 boats sank.") == ["30"]
    assert numbers_of("In May, 1,000 people drowned.") == ["1,000"]
    assert numbers_of("On May 4, 2019, 12 boats sank.") == ["12"]
    assert numbers_of("On May 30 the boats sank.") == []


def test_over_bounds_a_count_and_not_the_time_that_passes() -> None:
    assert numbers_of("Over two days, the rain fell.") == ["two days"]
    assert numbers_of("The rain lasted for over two days.") == ["over two days"]
    assert numbers_of("By 2008 and over 300 boats later, they left.") == ["over 300"]


def test_a_unit_is_shared_by_the_figures_before_it() -> None:
    text = "Prices rose from 5 to 7 percent."
    assert numbers_of(text) == ["5", "7 percent"]
    assert number_of(text, "5")["kind"] == "percent"
    text = "They were sentenced to two and three years."
    assert (number_of(text, "two")["kind"], number_of(text, "two")["unit"]) == ("duration", "a")


def test_the_whole_in_an_of_phrase_says_nothing_of_its_part() -> None:
    text = "Half of the six boats sank."
    assert number_of(text, "Half")["property"] == "other"
    assert "property" not in number_of(text, "six")


def test_an_ellipsis_does_not_take_a_noun_of_another_question() -> None:
    text = "The union will send 7,000 peacekeepers to a land where 240,000 were killed."
    assert ties_of(text, "counts") == [("7,000", "peacekeepers")]
    assert number_of(text, "240,000")["counted_class"] == "person"


def test_the_figures_of_a_score_count_no_noun() -> None:
    text = "Ilvane beat Velk 2 – 1 at home. The fans sang."
    assert numbers_of(text) == ["2", "1"]
    assert ties_of(text, "counts") == []


def test_the_wounded_beside_the_dead_are_counted_as_nouns() -> None:
    text = "The clinic raised its tally to eight dead and 47 wounded."
    assert ties_of(text, "counts") == [("eight", "dead"), ("47", "wounded")]


def test_a_passage_of_a_bill_has_two_votes() -> None:
    text = "The bill passed 50 to 49."
    assert numbers_of(text) == ["50", "49"]
    assert number_of(text, "50")["counted_class"] == "vote"


def test_an_empty_text_has_no_numbers() -> None:
    for text in ("", "\n\n", "   "):
        assert draft_of(text) == Draft()


_TOKENS = st.sampled_from(
    ["At least", "12", "people", "were", "killed", "and", "half", "of them", "no", "both", "a",
     "one", "in five", "May", "-", "to", "9", "$5m", "percent", ",", ".", "\n\n", "“", "including",
     "two", "boats", "an hour", "later", "the", "’s", "(34)", "wounded", "of", "\u202e", "🕯",
     "nobody", "none", "no one", "magnitude", "70s", "in their", "paid", "karvani", "for every",
     "three", "six hours", "40 minutes", "20.00", "at", "past", "times as many", "Velk", "22m"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_TOKENS, max_size=25))
def test_any_text_gives_a_draft_within_it(pieces: list[str]) -> None:
    text = " ".join(pieces)
    draft = number_draft(nlp()(text), nlp())
    proposed = {id(span) for span in draft.spans}
    for span in draft.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert words_of(text, span) == words_of(text, span).strip()
    for tie in draft.ties:
        assert {id(tie.head), id(tie.tail)} <= proposed
        assert tie.head is not tie.tail
    places = [(span.layer, span.start, span.end) for span in draft.spans]
    assert len(places) == len(set(places))
