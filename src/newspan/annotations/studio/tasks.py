"""What a document becomes on the server, and the record of it in `task.meta`.

A task is that of `formats.label_studio.encode`, with `meta`:

    {"newspan": {"article": "<article id>", "text": "<SHA-256 of the text>",
                 "config": "<digest of the labelling configuration>",
                 "pushed": "<digest of article, text and all versions>",
                 "annotations": 0, "predictions": 1,
                 "kept": {"<model or pass>": {"provenance": {"pass": …, "annotator": …, …},
                                              "regions": {…}, "relations": […]}}}}

Under `kept` stands only what the server or the editor would drop (`kept_of`). Both leave
`meta` alone, so whoever pulls can put it back. A prediction is found under its
`model_version`; an earlier annotation carries the `number` it has in `kept` as `import_id`,
and there stand the `sums` of its regions, by which is seen which of them a person changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from newspan.annotations.studio.regionsums import region_sums
from newspan.formats.label_studio import encode
from newspan.schema.model import Document

__all__ = ["Kind", "Parcel", "Record", "kept_of", "parcel", "parcels", "record_of"]

Kind = Literal["bare", "predictions", "annotation"]
"""How versions travel: not at all, as predictions, or as annotations that are there already."""

META = "newspan"
"""The key of our record in `task.meta`."""

RESULT_KEYS = frozenset(
    {"id", "from_name", "to_name", "type", "origin", "value", "meta", "score", "readonly",
     "parentID"}
)  # fmt: skip
"""Keys of a result that the editor keeps; below, those of its value and of a relation."""
VALUE_KEYS = frozenset({"start", "end", "text", "labels", "choices"})
RELATION_KEYS = frozenset({"type", "from_id", "to_id", "direction", "labels", "origin"})


class Record(msgspec.Struct, frozen=True):
    """Our record of a task on the server: see the module."""

    article: str
    text: str
    config: str
    pushed: str
    annotations: int = 0
    predictions: int = 0
    kept: dict[str, dict[str, Any]] = {}


class Parcel(NamedTuple):
    """One article as it is sent."""

    record: Record
    body: bytes | None
    """The task as JSON; None where the article is without its words, and cannot be sent."""


def record_of(task: Mapping[str, Any]) -> Record | None:
    """The record in `meta` of a task from the server; None where there is no sound one."""
    meta = task.get("meta")
    found = meta.get(META) if isinstance(meta, dict) else None
    try:
        return msgspec.convert(found, Record)
    except msgspec.ValidationError:
        return None


def kept_of(version: Mapping[str, Any]) -> dict[str, Any]:
    """What the server or the editor drops of an annotation or prediction.

    `provenance`: our record of who made it. `regions`: region id to a list of {"from_name",
    "result", "value"}, the keys dropped of that result and of its value. `relations`: a list
    of {"from_id", "to_id", "labels"} with the keys dropped of that relation. What is empty is
    left out. Relations are those under `arcs` where the version has them (`foreign`).
    """
    regions: dict[str, list[dict[str, Any]]] = {}
    relations = []
    for arc in version.get("arcs", version["result"]):
        if arc["type"] == "relation" and (lost := _without(arc, RELATION_KEYS)):
            relations.append({key: arc.get(key) for key in ("from_id", "to_id", "labels")} | lost)
    for result in version["result"]:
        if result["type"] == "relation":
            continue
        own = _without(result, RESULT_KEYS)
        value = _without(result["value"], VALUE_KEYS)
        if own or value:
            row = {"from_name": result["from_name"], "result": own, "value": value}
            regions.setdefault(result["id"], []).append(_filled(row))
    return _filled(
        {"provenance": version.get("newspan"), "regions": regions, "relations": relations}
    )


def parcels(documents: Iterable[Document], kind: Kind, config: str) -> Iterator[Parcel]:
    """The articles of documents as they are sent; passes of one article must be adjacent.

    `config` is the digest of the labelling configuration. Raises DocumentError, as `encode`
    does, before anything that would break Label Studio or its editor is made.
    """
    for task in encode(documents):
        yield parcel(task["data"], [*task["annotations"], *task["predictions"]], kind, config)


def parcel(
    data: Mapping[str, Any], versions: Sequence[dict[str, Any]], kind: Kind, config: str
) -> Parcel:
    """One article with versions of it, as `encode` makes them, as it is sent."""
    annotations: list[dict[str, Any]] = []
    predictions: list[dict[str, Any]] = []
    kept: dict[str, dict[str, Any]] = {}
    dropped: list[Any] = []
    for number, version in enumerate(() if kind == "bare" else versions, start=1):
        name = _name(version, kind, kept)
        lost = kept[name] = kept_of(version)
        dropped.append([name, lost])
        if kind == "predictions":
            predictions.append(
                {"model_version": name, "score": _score(version), "result": version["result"]}
            )
        else:
            kept[name] = {**lost, "number": number, "sums": region_sums(version["result"])}
            annotations.append(
                {"id": number, "result": version["result"], "ground_truth": False,
                 "was_cancelled": False}
            )  # fmt: skip
    sent = {"annotations": annotations, "predictions": predictions}
    article, text = data["article_id"], data["text_sha256"]
    digest = hashlib.sha256(msgspec.json.encode([article, text, sent, dropped]))
    record = Record(
        article, text, config, digest.hexdigest(), len(annotations), len(predictions), kept
    )
    if data.get("text") is None:
        return Parcel(record, None)
    return Parcel(record, msgspec.json.encode({"data": data, "meta": {META: record}, **sent}))


def _name(version: Mapping[str, Any], kind: Kind, taken: Mapping[str, Any]) -> str:
    """What a version is called on the server: a model by its name, a pass by its own."""
    own = version["newspan"]
    wanted = own["annotator"] if kind == "predictions" and own["annotator"] else own["pass"]
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    return str(name)


def _score(version: Mapping[str, Any]) -> float | None:
    """The mean confidence of the regions that have one."""
    scores = [result["score"] for result in version["result"] if result.get("score") is not None]
    return sum(scores) / len(scores) if scores else None


def _without(found: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key not in known}


def _filled(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value}
