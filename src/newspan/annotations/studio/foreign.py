"""Tasks in Label Studio's own JSON, as they are sent: also what a Document has no place for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newspan.annotations.studio.tasks import Kind, Parcel, parcel
from newspan.errors import DocumentError, Fault
from newspan.formats.label_studio import encode, read
from newspan.formats.label_studio.encode import refuse_unstorable
from newspan.schema.labelling import CONTINUES, controls
from newspan.schema.model import Article

__all__ = ["task_parcels"]

_ORIGINS = frozenset({"manual", "prediction", "prediction-changed"})
_EXACT = 2**53
"""Whole numbers from here on are changed by the editor, or stop it."""
_FRAGMENT = "--"
"""Stands between the id of a span and the number of a fragment of it."""


def task_parcels(
    tasks: Iterable[Mapping[str, Any]],
    kind: Kind,
    config: str,
    articles: Mapping[str, Article] | None = None,
    path: Path | None = None,
    pass_name: str | None = None,
) -> Iterator[Parcel]:
    """The articles of tasks as they are sent, with their unknown keys.

    Every version goes through a Document, which proves it; then what a Document has no place
    for is put back. Drafts and skipped versions stay behind, and with `pass_name` those of
    other passes. Raises DocumentError with all that is wrong with a version.
    """
    for task in tasks:
        data: dict[str, Any] = {}
        versions = []
        for name, version in _versions(task):
            made = _proved({**task, **_BARE, name: [version]}, articles, path)
            data = made["data"]
            for encoded in (*made["annotations"], *made["predictions"]):
                if version and pass_name in (None, encoded["newspan"]["pass"]):
                    versions.append(_with_extras(encoded, version["result"]))
        refuse_unstorable({"versions": versions}, data["article_id"])
        yield parcel(data, versions, kind, config)


_BARE: Mapping[str, Any] = {"annotations": [], "predictions": [], "drafts": []}


def _versions(task: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """(key, version) of what is finished; an empty one where nothing is: the text goes alone."""
    found = []
    for name in ("annotations", "predictions"):
        listed = task.get(name) or []
        for version in listed if isinstance(listed, list) else [listed]:
            if not (isinstance(version, dict) and version.get("was_cancelled")) and (
                name == "annotations" or type(version) is not int
            ):
                found.append((name, version))
    return found or [("annotations", {})]


def _proved(
    task: Mapping[str, Any], articles: Mapping[str, Article] | None, path: Path | None
) -> dict[str, Any]:
    """The task of one version as `encode` makes it. Raises DocumentError."""
    reading = next(read([task], articles, path))
    faults = list(reading.faults)
    if reading.document is not None:
        name = reading.document.article.id
        for version in (*task["annotations"], *task["predictions"]):
            results = version.get("result") or ()
            regions = {str(r.get("id")) for r in results if r.get("type") == "labels"}
            faults += [
                Fault(message, remedy, path, name, str(result.get("id")))
                for result in results
                for message, remedy in _breaking(result, regions)
            ]
    if faults or reading.document is None:
        raise DocumentError(*faults)
    return next(encode([reading.document]))


def _breaking(result: Mapping[str, Any], regions: set[str]) -> Iterator[tuple[str, str]]:
    """(what is wrong, what to do) with a result that the editor would delete or stop at."""
    if not _is_exact(result):
        yield (
            "a whole number is beyond 2^53, which the editor changes or stops at.",
            "Write it as text.",
        )
    if result.get("parentID") is not None and str(result["parentID"]) not in regions:
        yield f"its parentID {result['parentID']!r} names no region.", "Take it out."
    name, kind = result.get("from_name", "span"), result.get("type")
    if kind in ("labels", "relation"):
        return
    control = controls().get(str(name))
    if control is None:
        yield f"our configuration has no control {name!r}.", "Take the answer out."
    elif control.tag != kind:
        yield f"{name} is of type {kind!r}, not {control.tag!r}.", "Correct it."


def _is_exact(value: Any) -> bool:
    """Whether every number in JSON is the same after the editor has read it."""
    if isinstance(value, dict):
        return all(_is_exact(v) for v in value.values())
    if isinstance(value, list):
        return all(_is_exact(v) for v in value)
    return not isinstance(value, int | float) or abs(value) < _EXACT


def _with_extras(encoded: dict[str, Any], source: Sequence[Any]) -> dict[str, Any]:
    """The version with the keys of the source's results that are not in it.

    `arcs` are the source's relations, of which those of one pair are joined in the version.
    """
    results = {(r["id"], r["from_name"]): r for r in encoded["result"] if "id" in r}
    called = _names(results.values(), source)
    arcs = []
    for result in source:
        if result["type"] == "relation":
            arcs.append(_rightwards(result, called))
            continue
        made = results.get((called[str(result["id"])], result.get("from_name", "span")))
        if made is not None:
            _fill(made, result)
            if "parentID" in made:
                made["parentID"] = called.get(str(made["parentID"]), made["parentID"])
    return {**encoded, "arcs": arcs}


def _names(made: Iterable[Any], source: Iterable[Any]) -> dict[str, str]:
    """What the regions of the source are called in the version.

    They keep their ids, but for the fragments of a span, which are named after the first.
    """
    places = {(r["value"]["start"], r["value"]["end"], r["id"].partition(_FRAGMENT)[0]): r["id"]
              for r in made if r["from_name"] == "span"}  # fmt: skip
    heads = _heads(source)
    called = {}
    for result in source:
        if result["type"] == "labels":
            name, value = str(result["id"]), result["value"]
            place = value["start"], value["end"], heads.get(name, name)
            called[name] = places.get(place, name)
    return called


def _heads(source: Iterable[Any]) -> dict[str, str]:
    """Region to the region that the chain of `continues` it is in begins with."""
    before = {}
    for result in source:
        if result["type"] == "relation" and CONTINUES in (result.get("labels") or ()):
            arc = _rightwards(result, {})
            before[arc["to_id"]] = arc["from_id"]
    heads = {}
    for name in before:
        head = name
        while head in before:
            head = before[head]
        heads[name] = head
    return heads


def _rightwards(arc: Mapping[str, Any], called: Mapping[str, str]) -> dict[str, Any]:
    """The relation pointing to the right, between regions as they are called now."""
    ends = [called.get(str(arc[key]), str(arc[key])) for key in ("from_id", "to_id")]
    if arc.get("direction") == "left":
        ends.reverse()
    return {**arc, "from_id": ends[0], "to_id": ends[1], "direction": "right"}


def _fill(made: dict[str, Any], source: Mapping[str, Any]) -> None:
    """Put what is in `source` alone into `made`, at every depth."""
    for key, value in source.items():
        if key not in made:
            made[key] = value
        elif isinstance(value, dict) and isinstance(made[key], dict):
            _fill(made[key], value)
    if source.get("origin") in _ORIGINS and "origin" in made:
        made["origin"] = source["origin"]
