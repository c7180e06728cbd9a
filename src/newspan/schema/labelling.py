"""The Label Studio labelling configuration and `layers.json`, derived from the model.

What a person chooses by eye (colour, hotkey, wording of a heading) stands here; which
layers, attributes, values and relations there are stands in the model only.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any, NamedTuple

from newspan.schema.fields import Field, attributes
from newspan.schema.json_schema import first_paragraph
from newspan.schema.model import LAYERS, RELATIONS, SCHEMA_VERSION

__all__ = ["Control", "controls", "label_config", "layers_json"]

CONTINUES = "continues"
"""Label of the relation that joins the fragments of one span, in order."""

YES = "yes"
"""The one choice of a control that stands for a true flag."""

# Okabe and Ito's palette, which people with any common colour blindness tell apart.
_COLOURS = ["#0072B2", "#009E73", "#D55E00", "#CC79A7", "#E69F00", "#56B4E9"]
_REQUIRED_MARK = " *"


class Control(NamedTuple):
    """One per-region control of the labelling configuration."""

    name: str
    layer: str
    field: Field
    tag: str
    """`choices` or `textarea`: the type of its results in Label Studio's JSON."""


def label_of(layer: str) -> str:
    """The label that stands for a layer in Label Studio: its name with a capital."""
    return layer.capitalize()


@cache
def controls() -> dict[str, Control]:
    """Control name to control, in the order of the model."""
    found = {}
    for layer in LAYERS:
        for field in attributes(layer):
            name = f"{layer}_{field.name}"
            tag = "choices" if field.values or field.base is bool else "textarea"
            found[name] = Control(name, layer, field, tag)
    return found


def layers_json() -> dict[str, Any]:
    """Layers, attributes and relations with labels, colours, hotkeys and definitions."""
    return {
        "schema_version": SCHEMA_VERSION,
        "layers": [
            {
                "layer": layer,
                "label": label_of(layer),
                "colour": _COLOURS[index % len(_COLOURS)],
                "hotkey": str(index + 1),
                "definition": first_paragraph(cls),
                "attributes": [
                    {
                        "attribute": field.name,
                        "definition": field.description,
                        "required": field.required,
                        "values": list(field.values),
                    }
                    for field in attributes(layer)
                ],
            }
            for index, (layer, cls) in enumerate(LAYERS.items())
        ],
        "relations": [
            {
                "type": kind,
                "meaning": rule.meaning,
                "heads": sorted(rule.heads),
                "tails": sorted(rule.tails),
            }
            for kind, rule in RELATIONS.items()
        ],
    }


def label_config() -> str:
    """The labelling configuration as XML text, ready for a Label Studio project."""
    spec = layers_json()["layers"]
    lines = ["<View>", '  <Labels name="span" toName="text" choice="single">']
    lines += [
        f'    <Label value="{row["label"]}" background="{row["colour"]}" hotkey="{row["hotkey"]}"/>'
        for row in spec
    ]
    lines += ["  </Labels>", "  <Relations>"]
    lines += [f'    <Relation value="{kind}"/>' for kind in [*RELATIONS, CONTINUES]]
    lines += ["  </Relations>"]
    lines += ['  <Text name="text" value="$text" granularity="symbol" saveTextResult="yes"/>']
    for row in spec:
        lines += _panel(row["layer"])
    return "\n".join([*lines, "</View>", ""])


def _panel(layer: str) -> list[str]:
    own = [c for c in controls().values() if c.layer == layer]
    if not own:
        return []
    shown = f'whenTagName="span" whenLabelValue="{label_of(layer)}"'
    lines = [f'  <View visibleWhen="region-selected" {shown}>']
    lines += [f'    <Header value="{label_of(layer)}" size="4"/>']
    for control in own:
        title = control.field.name + (_REQUIRED_MARK if control.field.required else "")
        hint = _quoted(control.field.description)
        common = f'name="{control.name}" toName="text" perRegion="true" {shown}'
        lines += [f'    <Header value={_quoted(title)} size="5"/>']
        if control.tag == "choices":
            lines += [f'    <Choices {common} choice="single" showInline="true">']
            lines += [
                f"      <Choice value={_quoted(v)} hint={hint}/>"
                for v in control.field.values or (YES,)
            ]
            lines += ["    </Choices>"]
        else:
            lines += [
                f'    <TextArea {common} maxSubmissions="1" editable="true" rows="1" '
                f"placeholder={hint}/>"
            ]
    return [*lines, "  </View>"]


def _quoted(value: str) -> str:
    """The value as an XML attribute."""
    made = escape(value, quote=False).replace('"', "&quot;")
    return f'"{made}"'
