"""Labels that other tools use for names, as layers and types of ours."""

from __future__ import annotations

from newspan.schema.model import LAYERS

__all__ = ["label_of", "layer_of_label"]

_USUAL = {
    "PER": ("actor", "person"), "PERSON": ("actor", "person"), "ORG": ("actor", "organization"),
    "LOC": ("location", "other"), "GPE": ("location", "country"), "FAC": ("location", "facility"),
}  # fmt: skip
"""Usual names of entities (CoNLL-2003, OntoNotes) to layer and type."""


def label_of(layer: str, type_: str | None) -> str:
    """One label for a layer and a type: `actor:person`, `cue`."""
    return layer if type_ is None else f"{layer}:{type_}"


def layer_of_label(label: str) -> tuple[str, str | None] | None:
    """(layer, type) of what `label_of` makes or of a usual name; None for any other label.

    Whether the layer has the type is not looked at.
    """
    layer, _, type_ = label.partition(":")
    if layer in LAYERS:
        return layer, type_ or None
    return _USUAL.get(label.upper())
