"""Trying a release as its users will: with `datasets` and with mlcroissant, without a network."""

from __future__ import annotations

import os
import socket
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newspan.corpus.layout import INDEX, TABLES
from newspan.errors import Fault, NewspanError
from newspan.files import read_json
from newspan.release.croissant import CROISSANT, library

__all__ = ["prove"]


def prove(folder: Path) -> tuple[str, ...]:
    """What was tried on the folder of a release, in plain words.

    Raises NewspanError where a config does not load, the Croissant file is not valid, or
    either gives another number of rows than the index.
    """
    rows = _rows(folder)
    with offline():
        configs = _load(folder, rows)
        records = _read_croissant(folder, rows)
    return (
        f"datasets loads {configs} configs",
        f"mlcroissant finds {CROISSANT} valid and reads {records:,} records of {len(rows)} sets",
    )


def _rows(folder: Path) -> Counter[str]:
    rows: Counter[str] = Counter()
    for name, about in read_json(folder / "corpus" / TABLES / INDEX)["files"].items():
        rows[name.partition("/")[0]] += about["rows"]
    return rows


@contextmanager
def offline() -> Iterator[None]:
    """Nothing connects to anywhere inside the block; what tries to gets an OSError."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no network while a release is tried")

    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    before = {name: os.environ.get(name) for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE")}
    os.environ.update(dict.fromkeys(before, "1"))
    socket.socket.connect = socket.socket.connect_ex = refuse  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _load(folder: Path, rows: Counter[str]) -> int:
    import datasets

    progress = datasets.utils.are_progress_bars_disabled()
    datasets.disable_progress_bars()
    try:
        with TemporaryDirectory(prefix="newspan-") as cache:
            for config, count in rows.items():
                found = datasets.load_dataset(str(folder), config, cache_dir=cache)
                _same(folder, config, count, sum(split.num_rows for split in found.values()))
    except (ValueError, OSError, datasets.exceptions.DatasetsError) as error:
        raise NewspanError(
            Fault(f"datasets does not load it: {error}.", "Run `newspan build`.", folder)
        ) from error
    finally:
        if not progress:
            datasets.enable_progress_bars()
    return len(rows)


def _read_croissant(folder: Path, rows: Counter[str]) -> int:
    mlc = library()
    path = folder / CROISSANT
    try:
        with warnings.catch_warnings():
            # What mlcroissant and the libraries below it call is their own affair.
            warnings.simplefilter("ignore")
            found = mlc.Dataset(str(path))
            problems = found.metadata.issues.errors
            if not problems:
                for name, count in rows.items():
                    _same(path, name, count, sum(1 for _ in found.records(name)))
    except (mlc.ValidationError, mlc.GenerationError) as error:
        raise NewspanError(
            Fault(f"mlcroissant refuses it: {error}.", "Report it: this is made here.", path)
        ) from error
    if problems:
        raise NewspanError(
            *(Fault(f"{p}", "Report it: this is made here.", path) for p in sorted(problems))
        )
    return rows.total()


def _same(path: Path, name: str, wanted: int, found: int) -> None:
    if wanted != found:
        raise NewspanError(
            Fault(f"{name} has {found:,} rows there, and {wanted:,} in the index.",
                  "Run `newspan build`.", path)
        )  # fmt: skip
