"""Names: where they stand, whether they are actors or places, titles, places that act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newspan.annotations.propose.language import DEFAULT_MODEL, language_model
from newspan.annotations.propose.names.mentions import mentions
from newspan.annotations.propose.names.roles import name_proposal

if TYPE_CHECKING:
    from newspan.annotations.propose.draft import Proposal


def found(text: str) -> dict[str, Proposal]:
    """The names of a text; the last one of equal words."""
    nlp = language_model(DEFAULT_MODEL)
    doc = nlp(text)
    made = [name_proposal(m, speaks=False) for m in mentions(doc, nlp)]
    assert len({(p.layer, p.fragments) for p in made}) == len(made)
    return {text[p.start : p.end]: p for p in made}


@pytest.mark.parametrize(
    ("text", "name", "layer"),
    [
        ("President Vladimir Putin arrived.", "Vladimir Putin", "actor"),
        ("The boat sank near Jakarta on Monday.", "Jakarta", "location"),
        ("He was flown to South Africa.", "South Africa", "location"),
        ("The Indonesian navy said nobody was hurt.", "Indonesian navy", "actor"),
        ("The United Nations appealed for calm.", "United Nations", "actor"),
        ("They crossed the Danube in boats.", "Danube", "location"),
        ("Talks on the Middle East went on.", "Middle East", "location"),
        ("The Federation of Mine and Quarry Workers struck.",
         "Federation of Mine and Quarry Workers", "actor"),
        ("Ukraine’s interior ministry counted nine.", "Ukraine’s interior ministry", "actor"),
        ("Rescuers searched the Lurna valley all night.", "Lurna valley", "location"),
    ],
)  # fmt: skip
def test_names_are_found_whole(text: str, name: str, layer: str) -> None:
    names = found(text)
    assert name in names, list(names)
    assert names[name].layer == layer


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Prime Minister Pavo Krenn spoke.", "Pavo Krenn", "Prime Minister"),
        ("Fisheries Minister Naïma Zerdani spoke.", "Naïma Zerdani", "Fisheries Minister"),
        ("US Secretary of State Marco Rubio left.", "Marco Rubio", "US Secretary of State"),
        ("The mayor, Aita Solcani, spoke to them.", "Aita Solcani", None),
        ("Germany’s Chancellor Angela Merkel spoke.", "Angela Merkel", "Chancellor"),
    ],
)
def test_a_title_stands_right_before_its_name(text: str, name: str, title: str | None) -> None:
    assert found(text)[name].attributes.get("title") == title


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Russia launched seventy missiles.", "Russia", {"type": "state"}),
        ("Moscow denied the report.", "Moscow",
         {"type": "state", "metonymy": "capital_for_government"}),
        ("Talks with Iran broke down.", "Iran", {"type": "state"}),
        ("They were armed by Libya.", "Libya", {"type": "state"}),
        ("France’s decision surprised nobody.", "France", {"type": "state"}),
        ("The White House denied it.", "White House",
         {"type": "government_body", "metonymy": "building_for_institution"}),
    ],
)  # fmt: skip
def test_a_place_that_acts_is_an_actor(text: str, name: str, expected: dict[str, str]) -> None:
    proposal = found(text)[name]
    assert (proposal.layer, dict(proposal.attributes)) == ("actor", expected)


@pytest.mark.parametrize(
    ("text", "name", "usage"),
    [
        ("Snow fell on Moscow.", "Moscow", "literal"),
        ("France’s coast was closed.", "France", "associative"),
        ("Moscow suburbs were hit.", "Moscow", "associative"),
    ],
)
def test_a_place_that_does_not_act_is_a_location(text: str, name: str, usage: str) -> None:
    proposal = found(text)[name]
    assert proposal.layer == "location"
    assert proposal.attributes.get("usage", "literal") == usage


def test_a_dateline_is_a_place() -> None:
    names = found("TARRENHOLD, Karvonia — Nine boats sank in the harbour on Friday.")
    assert names["TARRENHOLD"].layer == "location"
    assert names["TARRENHOLD"].attributes["dateline"] is True


def test_a_last_name_alone_is_found_again() -> None:
    text = "Angela Merkel spoke first.\n\nLater Merkel left the hall."
    assert found(text)["Merkel"].attributes == {"type": "person"}


def test_demonyms_and_platforms_are_left_alone() -> None:
    names = found("The French and the Germans wrote on Facebook and on Telegram in April.")
    assert not {"French", "Germans", "Facebook", "Telegram", "April"} & set(names)


def test_places_nest_in_the_names_of_bodies() -> None:
    names = found("The London Fire Brigade sent nine engines.")
    assert names["London"].layer == "location"
    assert names["London"].attributes["usage"] == "associative"
