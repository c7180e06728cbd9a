"""The labelling configuration, derived from the model."""

import json
import warnings

import pytest
from defusedxml import ElementTree

from newspan.schema.fields import attributes
from newspan.schema.labelling import CONTINUES, YES, controls, label_config, label_of, layers_json
from newspan.schema.model import LAYERS, RELATIONS


@pytest.fixture(scope="module")
def tree():
    return ElementTree.fromstring(label_config())


def test_label_studio_accepts_the_configuration():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its dependencies warn of on import
        from label_studio_sdk.label_interface import LabelInterface

        LabelInterface(label_config()).validate()


def test_there_is_a_label_for_each_layer_and_a_relation_for_each_type(tree):
    assert [e.get("value") for e in tree.iter("Label")] == [label_of(x) for x in LAYERS]
    assert [e.get("value") for e in tree.iter("Relation")] == [*RELATIONS, CONTINUES]


def test_colours_and_hotkeys_are_different(tree):
    for key in ("background", "hotkey"):
        found = [e.get(key) for e in tree.iter("Label")]
        assert len(set(found)) == len(found)


def test_offsets_are_of_characters_and_the_text_is_saved(tree):
    (text,) = tree.iter("Text")
    assert (text.get("name"), text.get("value")) == ("text", "$text")
    assert (text.get("granularity"), text.get("saveTextResult")) == ("symbol", "yes")


def test_each_attribute_has_one_control_under_its_own_label(tree):
    found = {e.get("name"): e for tag in ("Choices", "TextArea") for e in tree.iter(tag)}
    assert set(found) == set(controls())
    for name, element in found.items():
        control = controls()[name]
        assert element.get("perRegion") == "true"
        assert element.get("toName") == "text"
        assert element.get("whenTagName") == "span"
        assert element.get("whenLabelValue") == label_of(control.layer)
        assert element.tag.lower() == control.tag


def test_choices_are_the_values_of_the_model(tree):
    for element in tree.iter("Choices"):
        field = controls()[element.get("name")].field
        wanted = list(field.values) or [YES]
        kept = [c.get("alias") or c.get("value") for c in element.iter("Choice")]
        assert kept == wanted, "what results hold"
        shown = [c.get("value") for c in element.iter("Choice")]
        assert shown == [value.replace("_", " ") for value in wanted], "what is read"


def test_numbers_are_asked_for_as_text(tree):
    assert not list(tree.iter("Number"))


def test_layers_json_names_everything_with_a_definition():
    found = layers_json()
    json.dumps(found)
    assert [row["layer"] for row in found["layers"]] == list(LAYERS)
    for row in found["layers"]:
        assert row["definition"]
        assert [a["attribute"] for a in row["attributes"]] == [
            f.name for f in attributes(row["layer"])
        ]
        assert all(a["definition"] for a in row["attributes"])
    assert [row["type"] for row in found["relations"]] == list(RELATIONS)
    assert all(row["meaning"] and row["heads"] and row["tails"] for row in found["relations"])
