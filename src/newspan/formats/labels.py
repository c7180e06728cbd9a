"""Labels that other tools use for names, as layers and types of ours."""

from __future__ import annotations

from newspan.schema.fields import main_attribute, type_of
from newspan.schema.model import LAYERS, Span, layer_of

__all__ = ["kind_of", "label_of", "layer_of_label"]

_USUAL = {
    "PER": ("actor", "person"), "PERSON": ("actor", "person"), "ORG": ("actor", "organization"),
    "LOC": ("location", "other"), "GPE": ("location", "country"), "FAC": ("location", "facility"),
}  # fmt: skip
"""Usual names of entities (CoNLL-2003, OntoNotes) to layer and type."""


def label_of(span: Span) -> str:
    """One label for the layer and the type of a span: `actor:person`, `cue`."""
    layer, type_ = layer_of(span), type_of(span)
    return layer if type_ is None else f"{layer}:{type_}"


def layer_of_label(label: str) -> tuple[str, str | None] | None:
    """(layer, type) of what `label_of` makes or of a usual name; None for any other label.

    Whether the layer has the type is not looked at.
    """
    layer, _, type_ = label.partition(":")
    if layer in LAYERS:
        return layer, type_ or None
    return _USUAL.get(label.upper())


def kind_of(label: str, layer: str = "") -> tuple[str, str | None] | None:
    """(layer, type) of a label that stands among the labels of one layer, or of any.

    Besides what `layer_of_label` knows it may be a type alone, of which the layer is clear, and
    among the labels of a layer nothing, or `other`. None where the label is no layer's, another's,
    or of a type that the layer lacks.
    """
    if layer and label in ("", layer):
        return layer, None
    having = [n for n in ([layer] if layer else LAYERS) if label in _types(n)]
    if len(having) == 1 and (layer or label != "other"):
        return having[0], label
    found = layer_of_label(label)
    if found is None or layer not in ("", found[0]):
        return None
    return found if found[1] is None or found[1] in _types(found[0]) else None


def _types(layer: str) -> tuple[str, ...]:
    own = main_attribute(layer)
    return () if own is None else own.values
