"""Loading the spans table: newspan.load_dataset against pyarrow's own read and others."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Work = Callable[[], Any]


def _files(folder: str, config: str) -> list[Path]:
    return sorted((Path(folder) / config).glob("*.parquet"))


def pyarrow(folder: str, config: str) -> Work:
    """The floor: pyarrow.parquet.read_table, page checksums verified."""
    import pyarrow.parquet as pq

    files = _files(folder, config)
    _warm()
    return lambda: [pq.read_table(file, page_checksum_verification=True) for file in files]


def newspan(folder: str, config: str) -> Work:
    """newspan.load_dataset: the same rows, labels as class labels, no copy in a cache."""
    import_module("datasets")
    import_module("newspan.corpus.load")
    import newspan

    _warm()
    return lambda: newspan.load_dataset(config, folder=folder)


def datasets_cold(folder: str, config: str) -> Work:
    """datasets.load_dataset with an empty cache: it writes an Arrow copy."""
    import tempfile

    import datasets

    datasets.disable_progress_bars()
    files = [str(file) for file in _files(folder, config)]
    _warm()
    return lambda: datasets.load_dataset(
        "parquet", data_files=files, cache_dir=tempfile.mkdtemp(prefix="newspan-bench-")
    )


def pandas(folder: str, config: str) -> Work:
    """pandas.read_parquet with Arrow types."""
    import pandas as pd

    files = _files(folder, config)
    _warm()
    return lambda: [pd.read_parquet(file, dtype_backend="pyarrow") for file in files]


def _warm() -> None:
    """Import what the first read of any Parquet file imports."""
    import_module("pyarrow.dataset")
    import_module("pyarrow.parquet")
