"""The colour of each layer, the same in Label Studio, on pages, in charts and terminals."""

from __future__ import annotations

from newspan.schema.labelling import layers_json

__all__ = ["LAYER_COLOURS"]

LAYER_COLOURS: dict[str, str] = {row["layer"]: row["colour"] for row in layers_json()["layers"]}
