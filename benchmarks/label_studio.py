"""Label Studio JSON to Parquet: newspan, its floor, and peers on the same file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

Work = Callable[[], Any]


class Value(msgspec.Struct):
    start: int | None = None
    end: int | None = None
    text: Any = None
    labels: list[str] | None = None
    choices: list[str] | None = None


class Result(msgspec.Struct):
    type: str
    id: str | None = None
    from_name: str | None = None
    to_name: str | None = None
    value: Value | None = None
    from_id: str | None = None
    to_id: str | None = None
    labels: list[str] | None = None
    direction: str | None = None


class Annotation(msgspec.Struct):
    result: list[Result]
    was_cancelled: bool = False


class Task(msgspec.Struct):
    data: dict[str, Any]
    annotations: list[Annotation]


def floor(source: str) -> Work:
    """msgspec's typed decode alone, task by task; nothing is kept and nothing written."""
    from newspan.formats.json_stream import json_items

    decoder = msgspec.json.Decoder(Task)
    # The pieces are cut beforehand: the floor is the decode, not the reading of the file.
    raw = msgspec.json.Decoder(list[msgspec.Raw])
    pieces = [
        bytes(piece) for piece in json_items(Path(source), lambda part: raw.decode(bytes(part)))
    ]

    def work() -> None:
        for piece in pieces:
            decoder.decode(piece)

    return work


def newspan(source: str, target: str) -> Work:
    """newspan: read, check every span against its text, write the canonical tables."""
    import pyarrow as pa

    from newspan.formats.stream import stream_label_studio

    pa.array(["the first call imports pandas"])
    return lambda: stream_label_studio(Path(source), Path(target))


def converter(source: str, target: str) -> Work:
    """label_studio_sdk's converter to JSON_MIN: whole file, no relations, no checks."""
    from label_studio_sdk.converter import Converter

    from newspan.schema.labelling import label_config

    made = Converter(label_config(), project_dir=None)
    return lambda: made.convert_to_json_min(source, target, is_dir=False)


def json_normalize(source: str) -> Work:
    """pandas.json_normalize over the results: one flat frame, no relations apart."""
    import json

    import pandas as pd

    def work() -> None:
        with Path(source).open(encoding="utf-8") as file:
            tasks = json.load(file)
        pd.json_normalize(tasks, ["annotations", "result"], ["id"], meta_prefix="task_")

    return work
