"""Which figures in news are quantities, and how far they run: guidelines N1 to N8."""

from __future__ import annotations

import pytest

from propose.drafts import number_of, numbers_of, ties_of


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left at five.",
        "The clerk came at two and borrowed a lamp.",
        "The clerk was told at four that the boat had sunk.",
        "She came at three in the afternoon.",
        "All of them left at ten past five.",
        "The bus came at about twenty past and waited.",
        "He was kept there until half past three on Monday.",
        "The letter is dated ten to five in the afternoon.",
        "They stayed from three in the morning until nearly ten.",
        "The skipper had waited since six.",
        "The siren sounded at 22.20.",
        "The post was retaken at 17.35 without a shot.",
        "Orla posted at 4.10: the dyke is dry.",
        "The ban holds from 20.00 to 05.00 until further notice.",
        "Letters timed at 11.05 and 16.50 were read out.",
        "Radio Ummel said so in its bulletin of 14.00.",
        "The cook hosed out the boat at 5. The rain had stopped.",
        "The fort fell shortly after four, and by seven the square was empty.",
        "He rang at quarter to nine and again at a quarter past ten.",
        "At five to six the siren sounded.",
        "It was twenty minutes to ten when the lamp went out.",
        "Between two and three in the morning, the shelling began.",
        "The bank was shut from nine until noon.",
        "The 14.05 train from Velk was stopped.",
    ],
)
def test_times_of_the_day_are_no_numbers(text: str) -> None:
    assert numbers_of(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The guild put the number of dead at nine.", ["nine"]),
        ("The toll stands at 14.", ["14"]),
        ("The lira closed at 4.20 against the euro.", ["4.20"]),
        ("The average catch fell from 14.25 to 12.40 tonnes.", ["14.25", "12.40 tonnes"]),
        ("After two were hurt, the pier was shut.", ["two"]),
        ("The count rose from five to nine.", ["five", "nine"]),
        ("Since nine were arrested, the camp is quiet.", ["nine"]),
        ("Refugees were coming at about 6 an hour.", ["about 6"]),
        ("Shares rose from 12.40 to 13.10.", ["12.40", "13.10"]),
    ],
)
def test_a_figure_after_such_words_may_be_a_quantity(text: str, numbers: list[str]) -> None:
    assert numbers_of(text) == numbers


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Nobody was killed in the flood.", "Nobody", {"property": "killed"}),
        ("The mayor said that no one had died.", "no one", {"property": "killed"}),
        ("Nobody was hit on Friday.", "Nobody", {"property": "wounded"}),
        ("They were told that nobody was dead.", "nobody", {"property": "killed"}),
        ("No soldier had died.", "No", {"property": "killed", "counted_class": "soldier"}),
        ("No case has been found on the islands.", "No", {"property": "other"}),
        ("No tank was sent.", "No", {"counted_class": "vehicle"}),
        ("They fired nine shells, and none landed in the town.", "none", {}),
        ("None of the boats had sunk.", "None", {"property": "other"}),
        ("The army destroyed no tanks.", "no", {"property": "destroyed"}),
        ("The blast killed nobody.", "nobody", {"property": "killed"}),
        ("The toll is nine in Velk and in Ilvane none.", "none", {}),
    ],
)
def test_that_it_happened_to_nobody_is_zero(text: str, words: str, said: dict[str, str]) -> None:
    found = number_of(text, words)
    assert found["value"] == "0"
    assert found["kind"] == "count"
    assert {name: found.get(name) for name in said} == said


@pytest.mark.parametrize(
    "text",
    [
        "Nobody smiled.",
        "Nobody from Saltmere has written it down.",
        "Nothing was locked.",
        "No damage was reported.",
        "No claim has been heard on the radio.",
        "The guild would have none of it.",
        "He said there was no plan.",
        "The crew was shown no weapons.",
        "The boat left with no lights.",
        "No one has claimed responsibility.",
        "No police were present.",
        "No deal was signed, and no details were given.",
    ],
)
def test_other_negations_are_no_numbers(text: str) -> None:
    assert numbers_of(text) == []


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("The fare doubled a month ago.", "a month", "1", "mo"),
        ("The boat sank an hour afterwards.", "an hour", "1", "h"),
        ("It was sold a week before the storm.", "a week", "1", "wk"),
        ("The guild has used the pump for a week.", "a week", "1", "wk"),
        ("It came back after six hours and 40 minutes.", "six hours and 40 minutes", "400", "min"),
        ("It took two years and three months.", "two years and three months", "27", "mo"),
        ("He held it for a year and eight months.", "a year and eight months", "20", "mo"),
        ("She has fished there for 20-odd years.", "20-odd years", "20", "a"),
        ("She won in 2 hours 14 minutes 9 seconds.", "2 hours 14 minutes 9 seconds", "8049", "s"),
    ],
)
def test_a_span_of_time_is_one_duration(text: str, words: str, value: str, unit: str) -> None:
    assert numbers_of(text) == [words]
    said = number_of(text, words)
    assert (said["kind"], said["value"], said["unit"]) == ("duration", value, unit)


@pytest.mark.parametrize("text", ["They meet once a month.", "She eats four times a day."])
def test_a_rate_without_a_figure_is_no_duration(text: str) -> None:
    assert numbers_of(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A shock of magnitude 4.9 was felt.", "magnitude 4.9"),
        ("The quake had a magnitude of 6.1.", "6.1"),
        ("A 5.2-magnitude quake was felt.", "5.2"),
        ("A quake of 5.9 magnitude was felt.", "5.9"),
        ("The aftershock measured 5.4, the guild said.", "5.4"),
        ("It reached 6.1 on the Richter scale.", "6.1"),
    ],
)
def test_the_strength_of_a_quake_is_a_measure(text: str, words: str) -> None:
    said = number_of(text, words)
    assert (said["kind"], said["unit"], said["value"]) == (
        "measure", "[Richter]", words.removeprefix("magnitude "),
    )  # fmt: skip


def test_figures_of_a_list_before_or_are_apart() -> None:
    text = "Three, five or six persons were killed."
    assert numbers_of(text) == ["Three", "five", "six"]
    assert ties_of(text, "counts") == [
        ("Three", "persons"),
        ("five", "persons"),
        ("six", "persons"),
    ]
    assert numbers_of("Five or six persons were killed.") == ["Five or six"]
    assert numbers_of("Four or five or six persons fled.") == ["Four", "five", "six"]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They gave out one for every three people.", "one for every three", "1/3"),
        ("Resellers asked for three times the printed price.", "three times", "3"),
        ("The port handled four times as many boats.", "four times", "4"),
        ("The catch was three times that of Velk.", "three times", "3"),
        ("One in every five boats leaks.", "One in every five", "1/5"),
    ],
)
def test_a_comparison_is_a_ratio(text: str, words: str, value: str) -> None:
    assert numbers_of(text) == [words]
    said = number_of(text, words)
    assert (said["kind"], said["value"]) == ("ratio", value)


def test_how_often_a_post_was_shared_is_a_count_of_events() -> None:
    said = number_of("The post was shared 11,000 times in a day.", "11,000")
    assert (said["kind"], said["counted_class"]) == ("count", "event")
    assert numbers_of("She rang 3 times.") == []
    assert numbers_of("He was arrested three times as a boy.") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ilvane won the cup, beating Cometa Velk 5–4 on penalties.", ["5", "4"]),
        ("Velk counted 131 boats, Port Ummel 48, Saltmere 30 and Lower Ilvane three.",
         ["131", "48", "30", "three"]),
        ("The Boeing 747 landed.", []),
        ("Call 155 at any hour.", []),
        ("Members of the public may dial 155.", []),
        ("The emergency number is 155.", []),
        ("He called 12 witnesses.", ["12"]),
        ("He rang 999 at 2.15am.", []),
        ("Seven of them under two were saved.", ["Seven", "under two"]),
        ("Only one survived, and the only one smiled.", ["one"]),
        ("Everyone over 65 was sent home.", ["over 65"]),
        ("Some 90 were taken in, of whom a third were children under five.",
         ["Some 90", "a third", "under five"]),
        ("There were no tents under five trees.", ["five"]),
        ("Somewhere between 2,800 and 3,200 people came.", ["Somewhere between 2,800 and 3,200"]),
        ("Envoys of two sides estimated 150 to 200 and left.", ["two", "150 to 200"]),
        ("An estimated 300 boats sank.", ["An estimated 300"]),
        ("Of its estimated 300 boats, six sank.", ["estimated 300", "six"]),
        ("She said so in a two-line notice.", ["two"]),
        ("They sent a six-man crew.", ["six"]),
        ("It was a four-star hotel with one-way glass.", []),
        ("VELK (Karvonia), 20 February. Fourteen clerks left.", ["Fourteen"]),
        ("The guild raised its count of boats from one to three.", ["one", "three"]),
        ("They were not all ill. One drowned, two had measles.", ["One", "two"]),
    ],
)  # fmt: skip
def test_figures_in_their_surroundings(text: str, numbers: list[str]) -> None:
    assert numbers_of(text) == numbers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They held a man of about 60 with a limp.", "about 60"),
        ("A girl of three drowned.", "three"),
        ("They had rowed since they were seven.", "seven"),
    ],
)
def test_the_age_of_a_person_has_no_unit_word(text: str, words: str) -> None:
    said = number_of(text, words)
    assert (said["kind"], said["unit"]) == ("age", "a")


def test_a_crew_of_three_has_no_age() -> None:
    assert number_of("A crew of three drowned.", "three")["kind"] == "count"
    assert number_of("The wall is 40 m high.", "40 m")["unit"] == "m"


def test_an_age_in_tens_is_a_range() -> None:
    said = number_of("A couple in their 70s stayed behind.", "70s")
    assert (said["kind"], said["low"], said["high"], said["unit"]) == ("age", "70", "79", "a")
    assert numbers_of("She is in her mid-40s.") == ["40s"]
    assert numbers_of("It was built in the 70s.") == []


@pytest.mark.parametrize(
    ("text", "words", "bounds"),
    [
        ("They were paid 300 karvani to wait.", "300 karvani", {"value": "300"}),
        ("The fare was 30 geltas a month ago.", "30 geltas", {"value": "30"}),
        ("Tents cost 120 to 150 tarvë there.", "120 to 150 tarvë", {"low": "120", "high": "150"}),
        ("Ice is sold at two geltas a block.", "two geltas", {"value": "2"}),
        ("It had paid 3.4 million karvani.", "3.4 million karvani", {"value": "3400000"}),
        ("The storm did damage of 22m karvani.", "22m karvani", {"value": "22000000"}),
        ("The guild demands 250,000 karvani for each boat.", "250,000 karvani",
         {"value": "250000"}),
        ("The sack went for 70 karvani.", "70 karvani", {"value": "70"}),
        ("Both denied that two million skorvals had changed hands.", "two million skorvals",
         {"value": "2000000"}),
    ],
)  # fmt: skip
def test_a_price_in_a_word_unknown_to_english_is_money(
    text: str, words: str, bounds: dict[str, str]
) -> None:
    said = number_of(text, words)
    assert (said["kind"], said["unit"]) == ("money", "XXX")
    assert {name: said[name] for name in bounds} == bounds


def test_a_word_once_paid_with_is_a_currency_in_the_whole_report() -> None:
    text = "The pump cost 300 karvani. The guild has 90,000 karvani left."
    assert numbers_of(text) == ["300 karvani", "90,000 karvani"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The firm paid 300 policemen.", "300"),
        ("The firm paid 5,000 compensation.", "5,000"),
        ("The army sold 40 howitzers.", "40"),
        ("The front sent 40 karvani.", "40"),
        ("It paid 300 Karvani.", "300"),
        ("The firm sold 30 smartphones.", "30"),
        ("The fort's 60 askari were paid in rum.", "60"),
    ],
)
def test_other_words_after_a_figure_are_no_currency(text: str, words: str) -> None:
    assert number_of(text, words)["kind"] == "count"
