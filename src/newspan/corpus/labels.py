"""Labels as class numbers, in the order of the model, the way `datasets` holds them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from newspan.errors import DocumentError, Fault

__all__ = ["with_labels"]


def with_labels(table: pa.Table, labels: Mapping[str, tuple[str, ...]]) -> pa.Table:
    """The table with its label columns (dotted path to labels) as class numbers.

    Raises DocumentError for a label that is not known; it is never mapped to another.
    """
    columns = [_column(table, name, labels) for name in table.schema.names]
    return pa.table(columns, names=table.schema.names)


def _column(table: pa.Table, name: str, labels: Mapping[str, tuple[str, ...]]) -> pa.ChunkedArray:
    chunks = [_numbered(chunk, name, labels) for chunk in table[name].chunks]
    return pa.chunked_array(chunks) if chunks else pa.chunked_array([table[name]])


def _numbered(array: pa.Array, name: str, labels: Mapping[str, tuple[str, ...]]) -> pa.Array:
    if name in labels:
        return _numbers(array, name, labels[name])
    if not any(path.startswith(f"{name}.") for path in labels):
        return array
    if pa.types.is_list(array.type):
        return pa.ListArray.from_arrays(
            array.offsets, _numbered(array.values, name, labels), mask=array.is_null()
        )
    fields = list(array.type)
    arrays = [_numbered(array.field(i), f"{name}.{f.name}", labels) for i, f in enumerate(fields)]
    if array.offset:
        return pa.StructArray.from_arrays(arrays, [f.name for f in fields], mask=array.is_null())
    made = pa.struct([pa.field(f.name, a.type) for f, a in zip(fields, arrays, strict=True)])
    return pa.Array.from_buffers(
        made, len(array), array.buffers()[:1], array.null_count, children=arrays
    )


def _numbers(array: pa.Array, name: str, known: tuple[str, ...]) -> pa.Array:
    """Each label's place among the known ones; of a dictionary array, each entry's once."""
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    places = {label: place for place, label in enumerate(known)}
    words = array.dictionary.to_pylist()
    unknown = sorted({word for word in words if word not in places and word is not None})
    if unknown:
        raise DocumentError(
            Fault(
                f"column {name} holds the unknown labels {unknown[:5]}.",
                "Install the newspan that wrote it.",
            )
        )
    return _taken([places.get(word) for word in words], array.indices)


def _taken(places: list[int | None], indices: pa.Array) -> pa.Array:
    """The place at each index; straight from the buffers where their layout is the usual one."""
    if indices.offset or indices.type != pa.int32() or None in places or not places:
        return pa.array(places, pa.int64()).take(indices)
    validity, data = indices.buffers()
    # What stands at a null is anything, hence the clipping.
    at = np.frombuffer(data, np.int32, len(indices))
    numbers = pa.py_buffer(np.array(places, np.int64).take(at, mode="clip"))
    buffers = [validity, numbers]
    return pa.Array.from_buffers(pa.int64(), len(indices), buffers, indices.null_count)
