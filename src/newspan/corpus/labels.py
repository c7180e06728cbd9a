"""Labels as class numbers, in the order of the model, the way `datasets` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.compute as pc

from newspan.errors import DocumentError, Fault

__all__ = ["with_labels"]


def with_labels(table: pa.Table, labels: Mapping[str, tuple[str, ...]]) -> pa.Table:
    """The table with its label columns (dotted path to labels) as class numbers.

    Raises DocumentError for a label that is not known; it is never mapped to another.
    """
    # Arrow's kernels leave the interpreter to other threads, so columns go side by side.
    with ThreadPoolExecutor() as pool:
        columns = list(pool.map(lambda name: _column(table, name, labels), table.schema.names))
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
    return pa.StructArray.from_arrays(arrays, names=[f.name for f in fields], mask=array.is_null())


def _numbers(array: pa.Array, name: str, known: tuple[str, ...]) -> pa.Array:
    """Each label's place among the known ones; of a dictionary array, each entry's once."""
    coded = pa.types.is_dictionary(array.type)
    words = array.dictionary if coded else array
    places = pc.index_in(words, value_set=pa.array(known)).cast(pa.int64())
    if places.null_count != words.null_count:
        unknown = pc.unique(words.filter(pc.and_(pc.is_null(places), pc.is_valid(words))))
        raise DocumentError(
            Fault(
                f"column {name} holds the unknown labels {unknown.to_pylist()[:5]}.",
                "Install the newspan that wrote it.",
            )
        )
    return places.take(array.indices) if coded else places
