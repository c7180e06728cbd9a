"""Whether the views hold every row of the tables: a view that lost some would be green."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from newspan.errors import Fault, NewspanError
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS

__all__ = ["expected_rows", "refuse_lost_rows"]


def expected_rows(tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """View to the rows it must have, counted in the tables themselves."""
    spans, articles = tables["spans"], tables["articles"]
    made = {name: tables[name].num_rows for name in ("articles", "spans", "relations", "entities")}
    mentions = 0
    for layer in LAYERS:
        fields = [field.name for field in attributes(layer)]
        if fields:
            own = pc.and_(pc.equal(spans["layer"], layer), pc.is_valid(spans[layer]))
            made[f"{layer}s"] = _true(own)
            if "entity" in fields:
                named = pc.is_valid(pc.struct_field(spans[layer], "entity"))
                mentions += _true(pc.and_(own, named))
    lengths = pc.fill_null(pc.list_value_length(spans["fragments"]), 0)
    # A span without fragments has one row, so that it can be found.
    made["fragments"] = pc.sum(pc.max_element_wise(lengths, 1), min_count=0).as_py()
    made["mentions"] = mentions
    made["sources"] = len(pc.list_flatten(articles["based_on"]))
    made["stories"] = pc.count_distinct(articles["story"], mode="all").as_py()
    return made


def _true(values: pa.ChunkedArray) -> int:
    found: int = pc.sum(values, min_count=0).as_py()
    return found


def refuse_lost_rows(expected: Mapping[str, int], rows: Mapping[str, int]) -> None:
    """Raise NewspanError where a view has fewer rows than it must have."""
    faults = [
        Fault(f"the view {name} has {rows.get(name, 0):,} rows, its table {count:,}.",
              "Nothing can be said of the corpus; report this as a defect of newspan.")
        for name, count in expected.items()
        if rows.get(name, 0) < count  # an id that is there twice makes more of them
    ]  # fmt: skip
    if faults:
        raise NewspanError(*faults)
