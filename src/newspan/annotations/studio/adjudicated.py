"""A pulled task as it is kept under `adjudicated/`: its one finished annotation.

The file is that of `newspan mark`: the document, encoded. So an annotation that was pushed
from the corpus and submitted unchanged comes back byte for byte. Keys that a Document has no
place for stand where they stood on the server.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from newspan.annotations.marking import task_json
from newspan.annotations.studio.incoming import (
    Incoming,
    Outcome,
    is_finished,
    is_standoff,
    maker,
    unfinished,
    versions,
)
from newspan.annotations.studio.layout import sorted_results, task_bytes
from newspan.corpus.standoff import dehydrate
from newspan.errors import Fault
from newspan.formats.label_studio import encode, read
from newspan.formats.label_studio.decode import provenance
from newspan.schema.model import ADJUDICATED, Document

__all__ = ["adjudicated"]


def adjudicated(found: Incoming) -> Outcome:
    """The one finished annotation of a task; nothing where there are several, or it has faults."""
    article = found.article
    annotations = [a for a in versions(found, "annotations") if is_finished(a)]
    notes = [*found.notes, *unfinished(found)]
    if not annotations:
        return Outcome(None, [], notes)
    if len(annotations) > 1:
        who = ", ".join(sorted(maker(a) for a in annotations))
        fault = Fault(
            f"has {len(annotations)} finished annotations (by {who}).",
            "Pull them with --pass, compare them, and keep one.",
            article_id=article.id,
        )
        return Outcome(None, [fault], notes)
    version = _as_adjudicated(annotations[0])
    task = {**found.task, "annotations": [version], "predictions": [], "drafts": []}
    reading = next(read([task], {article.id: found.known}))
    if reading.faults or reading.document is None:
        return Outcome(None, list(reading.faults), notes)
    document = dehydrate(reading.document) if is_standoff(article) else reading.document
    if reading.aside:
        content = task_bytes(_with_extras(document, version["result"]))
    else:
        content = task_json(document)
    return Outcome(content, [], notes)


def _as_adjudicated(annotation: Mapping[str, Any]) -> dict[str, Any]:
    """The annotation as that of the corpus: its pass and status are `adjudicated`."""
    own = provenance(annotation, "annotation") | {"pass": ADJUDICATED, "status": ADJUDICATED}
    results = annotation.get("result")
    made = [_of_status(r) for r in results] if isinstance(results, list) else results
    return {**annotation, "newspan": own, "result": made}


def _of_status(result: Any) -> Any:
    meta = result.get("meta") if isinstance(result, dict) else None
    own = meta.get("newspan") if isinstance(meta, dict) else None
    if (
        not isinstance(meta, dict)
        or not isinstance(own, dict)
        or own.get("status") in (None, ADJUDICATED)
    ):
        return result
    left = {key: value for key, value in own.items() if key != "status"}
    return {**result, "meta": {**meta, "newspan": left}}


def _with_extras(document: Document, source: Sequence[Any]) -> dict[str, Any]:
    """The document as a task, with the keys of the source that it has no place for."""
    (task,) = encode([document], metadata=False)
    version = task["annotations"][0]
    results = {(r["id"], r["from_name"]): r for r in version["result"] if "id" in r}
    arcs: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for result in source:
        if not isinstance(result, dict):
            continue
        if result.get("type") == "relation":
            ends = str(result.get("from_id")), str(result.get("to_id"))
            arcs.setdefault(ends, []).append(result)
        elif made := results.get((str(result.get("id")), result.get("from_name", "span"))):
            _fill(made, result)
    version["result"] = [
        part
        for result in version["result"]
        for part in (_taken_apart(result, arcs) if result["type"] == "relation" else [result])
    ]
    return task


def _taken_apart(
    arc: dict[str, Any], arcs: Mapping[tuple[str, str], list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """A relation as the parts it was restored to, where those say more than it does."""
    parts = arcs.get((arc["from_id"], arc["to_id"]), [])
    if any(part.keys() - arc.keys() - {"origin"} for part in parts):
        return sorted_results([{**arc, **part} for part in parts])
    return [arc]


def _fill(made: dict[str, Any], source: Mapping[str, Any]) -> None:
    """Put what is in `source` alone into `made`, at every depth."""
    for key, value in source.items():
        if key not in made:
            made[key] = value
        elif isinstance(value, dict) and isinstance(made[key], dict):
            _fill(made[key], value)
