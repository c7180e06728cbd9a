"""Whose work a version on the server is, and what was kept of what it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from newspan.annotations.studio.regionsums import region_sums
from newspan.annotations.studio.restore import restore
from newspan.annotations.studio.tasks import META, Record, record_of
from newspan.errors import Fault
from newspan.formats.label_studio.regions import PROVENANCE

__all__ = ["EmailOf", "restored_task"]

_STEPS = 20
"""Copies of copies that are followed back; more is no annotator's work."""

EmailOf = Callable[[int], str | None]
"""The e-mail address of a user, by number."""


def restored_task(task: Mapping[str, Any], email_of: EmailOf) -> tuple[dict[str, Any], list[Fault]]:
    """A task with everything put back into its versions, and what could not be put back.

    An annotation that was pushed has our record of who made it, and the regions of it that a
    person changed or added since say so. One that a person began, from a prediction or not,
    is that person's. `email_of` names a user by number.
    """
    record, faults = _record(task)
    lineage = _Lineage(task, record, email_of)
    made = dict(task)
    for name in ("annotations", "predictions", "drafts"):
        versions = task.get(name)
        if isinstance(versions, list):
            made[name] = [lineage.restored(version, name, faults) for version in versions]
    return made, faults


def _record(task: Mapping[str, Any]) -> tuple[Record | None, list[Fault]]:
    record = record_of(task)
    data = task["data"]
    if record is not None and record.article == data.get("article_id"):
        return record, []
    meta = task.get("meta")
    annotations = task.get("annotations")
    derived = isinstance(annotations, list) and any(
        isinstance(a, dict) and (a.get("import_id") or a.get("parent_prediction"))
        for a in annotations
    )
    if derived or (isinstance(meta, dict) and META in meta):
        return None, [
            Fault(
                "newspan's record in the task's meta is gone or damaged, so nothing was put back.",
                "Compare the annotation with what was pushed.",
            )
        ]
    return None, []


class _Origin(NamedTuple):
    """What a version was made from."""

    kept: Mapping[str, Any]
    pushed: bool
    """Whether the version is itself what was pushed."""
    fault: Fault | None = None


class _Lineage:
    """The versions of one task, and what each was made from."""

    def __init__(self, task: Mapping[str, Any], record: Record | None, email_of: EmailOf) -> None:
        self._kept = {} if record is None else record.kept
        self._by_number = {_number(k.get("number")): k for k in self._kept.values()}
        self._annotations = dict(_by_id(task.get("annotations")))
        self._predictions = dict(_by_id(task.get("predictions")))
        self._email_of = email_of

    def restored(self, version: Any, name: str, faults: list[Fault]) -> Any:
        """A version with what was kept of it."""
        if not isinstance(version, dict):
            return version
        # Who made it is said by our record and the server's fields, by nothing else.
        bare = {key: value for key, value in version.items() if key != "newspan"}
        if name == "predictions":
            origin = _Origin(self._kept.get(str(version.get("model_version"))) or {}, True)
        elif name == "drafts":
            on = self._annotations.get(_number(version.get("annotation")))
            origin = _Origin({}, False) if on is None else self._origin(on)._replace(pushed=False)
        else:
            origin = self._origin(version)
        made, found = restore(bare, origin.kept)
        if not isinstance(made.get("result"), list):
            return made
        if not origin.pushed:
            made.pop("newspan", None)
            made["result"] = [_without_provenance(r) for r in _results(made)]
        elif name == "annotations":
            made["result"] = self._own_changes(made, origin.kept.get("sums"))
        faults += [*found, *([origin.fault] if origin.fault else [])]
        return made

    def _origin(self, version: Mapping[str, Any]) -> _Origin:
        """What an annotation was made from; copies are followed back."""
        at: Mapping[str, Any] | None = version
        for step in range(_STEPS):
            if at is None:
                break
            number = _number(at.get("import_id"))
            if number is not None and number in self._by_number:
                return _Origin(self._by_number[number], step == 0)
            if (parent := at.get("parent_prediction")) is not None:
                return self._from_prediction(_number(parent))
            at = self._annotations.get(_number(at.get("parent_annotation")))
        return _Origin({}, False)

    def _from_prediction(self, number: int | None) -> _Origin:
        prediction = self._predictions.get(number)
        if prediction is not None:
            return _Origin(self._kept.get(str(prediction.get("model_version"))) or {}, False)
        fault = Fault(
            "an annotation was made from a prediction that is gone, so nothing was put back.",
            "Compare the annotation with what was pushed.",
        )
        return _Origin({}, False, fault if self._kept else None)

    def _own_changes(self, version: Mapping[str, Any], sums: Any) -> list[Any]:
        """The results; regions that are not as they were pushed are by whoever saved them."""
        results = _results(version)
        if not isinstance(sums, dict):
            return results
        now = region_sums(results)
        changed = {region for region, total in now.items() if sums.get(region) != total}
        who = self._saved_by(version) if changed else ""
        return [
            _by_person(result, who)
            if isinstance(result, dict)
            and result.get("type") == "labels"
            and str(result.get("id")) in changed
            else result
            for result in results
        ]

    def _saved_by(self, version: Mapping[str, Any]) -> str:
        number = _number(version.get("updated_by"))
        maker = version.get("completed_by")
        if isinstance(maker, dict):
            if number in (None, maker.get("id")) and isinstance(maker.get("email"), str):
                return str(maker["email"])
            number = _number(maker.get("id")) if number is None else number
        number = _number(maker) if number is None else number
        known = None if number is None else self._email_of(number)
        return known or (f"user-{number}" if number is not None else "user-unknown")


def _by_person(result: Mapping[str, Any], who: str) -> dict[str, Any]:
    """The label of a region, with its annotator in its meta."""
    meta = result.get("meta")
    own = meta.get(META) if isinstance(meta, dict) else None
    said = {**(own if isinstance(own, dict) else {}), "annotator": who, "annotator_kind": "human"}
    return {**result, "meta": {**(meta if isinstance(meta, dict) else {}), META: said}}


def _without_provenance(result: Any) -> Any:
    """The result without who a region was by in what this version was made from."""
    meta = result.get("meta") if isinstance(result, dict) else None
    own = meta.get(META) if isinstance(meta, dict) else None
    if not isinstance(meta, dict) or not isinstance(own, dict):
        return result
    left = {key: value for key, value in own.items() if key not in PROVENANCE}
    kept = {k: v for k, v in meta.items() if k != META} | ({META: left} if left else {})
    made = {key: value for key, value in result.items() if key != "meta"}
    return made | ({"meta": kept} if kept else {})


def _results(version: Mapping[str, Any]) -> list[Any]:
    results = version.get("result")
    return results if isinstance(results, list) else []


def _by_id(versions: Any) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
    for version in versions if isinstance(versions, list) else ():
        if isinstance(version, dict) and (number := _number(version.get("id"))) is not None:
            yield number, version


def _number(value: Any) -> int | None:
    return value if type(value) is int else None
