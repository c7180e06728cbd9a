"""brat's configuration of a folder, derived from the model: `annotation.conf`, `visual.conf`.

Source of their syntax: https://brat.nlplab.org/configuration.html
"""

from __future__ import annotations

from newspan.formats.brat.lines import is_label
from newspan.schema.fields import attributes
from newspan.schema.labelling import layers_json
from newspan.schema.model import LAYERS, RELATIONS

__all__ = ["annotation_conf", "visual_conf"]


def annotation_conf() -> str:
    """The types, relations and attributes that brat offers; spans of all types may overlap."""
    lines = ["[entities]", *LAYERS, "", "[relations]"]
    for kind, rule in RELATIONS.items():
        heads, tails = ("|".join(sorted(ends)) for ends in (rule.heads, rule.tails))
        lines.append(f"{kind}\tArg1:{heads}, Arg2:{tails}")
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"]
    lines += ["", "[events]", "", "[attributes]"]
    for layer in LAYERS:
        for field in attributes(layer):
            if is_label(field):
                values = f", Value:{'|'.join(field.values)}" if field.values else ""
                lines.append(f"{layer}_{field.name}\tArg:{layer}{values}")
    return "".join(f"{line}\n" for line in lines)


def visual_conf() -> str:
    """Names and colours, those of the labelling configuration."""
    rows = layers_json()["layers"]
    lines = ["[labels]"]
    lines += [f"{row['layer']} | {row['label']} | {row['label'][:3]}" for row in rows]
    lines += [f"{kind} | {kind.replace('_', ' ')}" for kind in RELATIONS]
    for layer in LAYERS:
        for field in attributes(layer):
            if is_label(field):
                lines.append(f"{layer}_{field.name} | {field.name.replace('_', ' ')}")
    lines += ["", "[drawing]"]
    lines += ["SPAN_DEFAULT\tfgColor:black, bgColor:lightgrey, borderColor:darken"]
    lines += ["ARC_DEFAULT\tcolor:black, arrowHead:triangle-5"]
    lines += [f"{row['layer']}\tbgColor:{row['colour']}" for row in rows]
    return "".join(f"{line}\n" for line in lines)
