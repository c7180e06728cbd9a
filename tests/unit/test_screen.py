"""The labelling screen: colours everybody can tell apart, keys without a clash, help at hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from defusedxml import ElementTree

from newspan.schema.fields import attributes
from newspan.schema.labelling import CONTINUES, controls, label_config, label_of
from newspan.schema.model import LAYERS, RELATIONS
from newspan.schema.screen import COLOURS, GROUPS, HELP, KEYS, STYLE

# What people with no working cones of one kind see, as linear RGB (Machado, Oliveira and
# Fernandes 2009, severity 1).
SIGHT = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
JUST_SEEN = 2.3
"""The CIE 1976 difference that half of the people just see (Mahy 1994)."""
IN_TEXT = 0.3
"""How strongly the editor colours the words of a region; chips and lists have the full colour."""


@pytest.fixture(scope="module")
def tree():
    return ElementTree.fromstring(label_config())


def as_seen(colour: str, strength: float, sight: np.ndarray) -> np.ndarray:
    """A colour on white, in CIE L*a*b*, to these eyes."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    rgb = strength * rgb + (1 - strength)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(sight @ linear, 0, 1)
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
         [0.0193339, 0.1191920, 0.9503041]]
    )  # fmt: skip
    ratio = to_xyz @ seen / np.array([0.95047, 1.0, 1.08883])
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("strength", "wanted"), [(1.0, 6 * JUST_SEEN), (IN_TEXT, 1.5 * JUST_SEEN)])
def test_colours_are_told_apart_by_all_eyes(sight: str, strength: float, wanted: float) -> None:
    assert len(COLOURS) >= len(LAYERS)
    for one, other in combinations(COLOURS, 2):
        difference = as_seen(one, strength, SIGHT[sight]) - as_seen(other, strength, SIGHT[sight])
        assert np.linalg.norm(difference) > wanted, (one, other)


def test_a_region_says_its_label_in_letters_too() -> None:
    style = ElementTree.fromstring(label_config()).find("Style").text
    marks = {label_of(layer)[:3].lower() for layer in LAYERS}
    assert len(marks) == len(LAYERS)
    for layer in LAYERS:
        assert f'[data-label$="{label_of(layer)}"]' in style
    assert all(f'content: "{mark}"' in style for mark in marks)


def test_no_key_is_given_twice_and_none_is_the_editors(tree) -> None:
    keys = Counter(e.get("hotkey") for tag in ("Label", "Choice") for e in tree.iter(tag))
    del keys[None]
    assert [key for key, n in keys.items() if n > 1] == []
    assert "u" not in keys, "unselects a region"


def test_the_editor_has_no_key_left_to_hand_out(tree) -> None:
    """It gives what is left to choices of any layer, whether they are shown or not."""
    handed_out = set("1234567890qwetasdfgzxcvbyiopjklnm")
    keys = {e.get("hotkey") for tag in ("Label", "Choice") for e in tree.iter(tag)}
    assert handed_out - keys == set()


def test_each_value_that_must_be_chosen_has_a_key(tree) -> None:
    required = {name for name, c in controls().items() if c.field.required and c.field.values}
    assert required <= KEYS.keys() <= controls().keys()
    for element in tree.iter("Choices"):
        if element.get("name") in required:
            assert all(choice.get("hotkey") for choice in element.iter("Choice"))


def test_groups_name_each_attribute_of_their_layer_once() -> None:
    for layer, groups in GROUPS.items():
        named = [name for group in groups for name in group.attributes]
        assert sorted(named) == sorted(field.name for field in attributes(layer))


def test_a_form_is_shown_for_its_own_layer_only(tree) -> None:
    forms = [e for e in tree.iter("View") if e.get("className") == "ns-form"]
    assert [form.get("whenLabelValue") for form in forms] == [label_of(layer) for layer in LAYERS]
    for form, layer in zip(forms, LAYERS, strict=True):
        assert form.get("visibleWhen") == "region-selected"
        inside = [e.get("name") for tag in ("Choices", "TextArea") for e in form.iter(tag)]
        assert sorted(inside) == sorted(n for n, c in controls().items() if c.layer == layer)


def test_help_is_short_shut_and_about_everything(tree) -> None:
    panels = {
        e.get("value"): [h.get("value") for h in e.iter("Header")] for e in tree.iter("Panel")
    }
    assert panels.keys() == {"What to mark", "Relations", *HELP}
    assert panels["What to mark"][::2] == [label_of(layer) for layer in LAYERS]
    assert panels["Relations"][::2] == [*RELATIONS, CONTINUES]
    assert all(element.get("open") is None for element in tree.iter("Collapse"))
    assert all(len(line) <= 160 for lines in panels.values() for line in lines)


def test_the_style_survives_the_editor() -> None:
    """Label Studio escapes these in a style, and its rule would be lost."""
    assert not set(STYLE) & {">", "&", "<"}
    assert STYLE.count("{") == STYLE.count("}")
