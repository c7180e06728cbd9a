"""The Label Studio labelling configuration and `layers.json`, derived from the model.

What a person chooses by eye (colour, hotkey, wording of a heading) stands here; which
layers, attributes, values and relations there are stands in the model only.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from itertools import zip_longest
from typing import Any, NamedTuple

from newspan.schema.fields import Field, attributes
from newspan.schema.json_schema import first_paragraph
from newspan.schema.model import LAYERS, RELATIONS, SCHEMA_VERSION
from newspan.schema.screen import COLOURS, GROUPS, HELP, KEYS, STYLE, Group

__all__ = ["Control", "controls", "label_config", "layers_json"]

CONTINUES = "continues"
"""Label of the relation that joins the fragments of one span, in order."""

YES = "yes"
"""The one choice of a control that stands for a true flag."""

_REQUIRED_MARK = " *"
_PLAIN = "margin: 4px 0 0; font-size: 14px; font-weight: 600; white-space: nowrap"
_NAME = "margin: 0; font-size: 14px; font-weight: 600; flex: 0 0 5.5em"
_QUIET = "margin: 0; font-size: 13px; font-weight: 400; opacity: 0.75"
_TERM = "margin: 0; font-size: 13px; font-weight: 600; flex: 0 0 6.5em"


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
                "colour": COLOURS[index % len(COLOURS)],
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
    style = [*STYLE.strip().split("\n"), *(_mark(row["label"]) for row in spec)]
    lines = ["<View>", "  <Style>", *(f"    {line}" for line in style), "  </Style>"]
    lines += ['  <View className="ns-labels">']
    lines += ['    <Labels name="span" toName="text" choice="single">']
    lines += [
        f'      <Label value="{row["label"]}" background="{row["colour"]}" '
        f'hotkey="{row["hotkey"]}" hint={_quoted(row["definition"])}/>'
        for row in spec
    ]
    lines += ["    </Labels>", "  </View>", "  <Relations>"]
    lines += [f'    <Relation value="{kind}"/>' for kind in [*RELATIONS, CONTINUES]]
    lines += ["  </Relations>", '  <View className="ns-columns">', '    <View className="ns-text">']
    lines += ['      <Text name="text" value="$text" granularity="symbol" saveTextResult="yes"/>']
    lines += ["    </View>", '    <View className="ns-side">']
    for row in spec:
        lines += _form(row)
    return "\n".join([*lines, *_help(spec), "    </View>", "  </View>", "</View>", ""])


def _mark(label: str) -> str:
    """Three letters after each region, for who does not tell its colour."""
    region = f'.ns-text .htx-no-label[data-label$="{label}"]:not(.__hidden)::after'
    return f'{region} {{ display: inline; content: "{label[:3].lower()}"; opacity: .7; }}'


def _form(row: dict[str, Any]) -> list[str]:
    """What is to be filled in for a region of a layer; shown while one is chosen."""
    when = f'whenTagName="span" whenLabelValue="{row["label"]}"'
    style = f'className="ns-form" style="border-color: {row["colour"]}"'
    lines = [f'      <View visibleWhen="region-selected" {when} {style}>']
    lines += [_header(row["label"], 4, _PLAIN), _header(row["definition"], 5, _QUIET)]
    groups = GROUPS.get(row["layer"], ())
    own = {c.field.name: c for c in controls().values() if c.layer == row["layer"]}
    grouped = {name for group in groups for name in group.attributes}
    for group in (*groups, Group("", [name for name in own if name not in grouped])):
        if group.title:
            lines += ['        <View className="ns-group">', _header(group.title, 5, _PLAIN)]
        for name in group.attributes:
            lines += _control(own[name], when)
        lines += ["        </View>"] if group.title else []
    return [*lines, "      </View>"]


def _control(control: Control, when: str) -> list[str]:
    """The name of an attribute, what it means, and where it is answered."""
    title = _in_words(control.field.name) + (_REQUIRED_MARK if control.field.required else "")
    hint = _in_words(control.field.description)
    common = f'name="{control.name}" toName="text" perRegion="true" {when}'
    view = f'        <View idAttr="ns-{control.name}"'
    if control.tag == "textarea":
        lines = [f'{view} className="ns-line">', _header(title, 5, _NAME)]
        lines += [
            f'          <TextArea {common} maxSubmissions="1" editable="true" rows="1" '
            f"placeholder={_quoted(hint)}/>"
        ]
        return [*lines, "        </View>"]
    lines = [f"{view}>", '          <View className="ns-row">', _header(title, 5, _PLAIN)]
    lines += [_header(hint, 5, _QUIET), "          </View>"]
    lines += [f'          <Choices {common} choice="single" showInline="true">']
    values = control.field.values or (YES,)
    for value, key in zip_longest(values, KEYS.get(control.name, "")[: len(values)]):
        alias = "" if _in_words(value) == value else f" alias={_quoted(value)}"
        hotkey = f' hotkey="{key}"' if key else ""
        lines += [f"            <Choice value={_quoted(_in_words(value))}{alias}{hotkey}/>"]
    return [*lines, "          </Choices>", "        </View>"]


def _help(spec: list[dict[str, Any]]) -> list[str]:
    """Panels with guideline text, shut until they are needed."""
    panels: dict[str, Iterable[tuple[str, str]]] = {
        "What to mark": [(row["label"], row["definition"]) for row in spec],
        **HELP,
        "Relations": [
            *(
                (kind, f"{_ends(rule.heads)} → {_ends(rule.tails)}: {rule.meaning}")
                for kind, rule in RELATIONS.items()
            ),
            (CONTINUES, "fragment → next fragment of the same quote"),
        ],
    }
    lines = ["      <Collapse>"]
    for title, rows in panels.items():
        lines += [f"        <Panel value={_quoted(title)}>", "          <View>"]
        for term, meaning in rows:
            lines += ['          <View className="ns-row">', _header(term, 5, _TERM)]
            lines += [_header(meaning, 5, _QUIET), "          </View>"]
        lines += ["          </View>", "        </Panel>"]
    return [*lines, "      </Collapse>"]


def _ends(layers: Iterable[str]) -> str:
    return " or ".join(sorted(layers))


def _header(value: str, size: int, style: str) -> str:
    return f'          <Header value={_quoted(value)} size="{size}" style="{style}"/>'


def _in_words(name: str) -> str:
    """A name of the model as it is read."""
    return name.replace("_", " ")


def _quoted(value: str) -> str:
    """The value as an XML attribute."""
    made = escape(value, quote=False).replace('"', "&quot;")
    return f'"{made}"'
