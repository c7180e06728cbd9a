"""What the editor drops comes back; what a person deleted does not. No server is needed."""

from __future__ import annotations

import copy
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor_losses import imported, saved, submitted
from newspan.annotations.studio.foreign import task_parcels
from newspan.annotations.studio.lineage import restored_task
from newspan.annotations.studio.restore import restore
from newspan.formats.label_studio import HOLDS, encode, read
from newspan.schema.model import Document
from strategies import documents_for

pytestmark = pytest.mark.slow

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("aé🔥", max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("xyz"), inner),
    max_leaves=4,
)
_EXTRAS = st.dictionaries(
    st.sampled_from(["hidden", "locked", "confidence", "checked_by", "x y", "Ünï"]),
    _JSON.filter(lambda v: v not in (None, {}, [])),
    max_size=3,
)


def no_email(_: int) -> str | None:
    return None


@st.composite
def tasks(draw: st.DrawFn, max_spans: int = 6) -> dict[str, Any]:
    """A task of one version with keys that a Document has no place for."""
    document: Document = draw(documents_for(HOLDS - {"standoff"}, max_spans=max_spans))
    (task,) = encode([document])
    name = "annotations" if task["annotations"] else "predictions"
    (version,) = task[name]
    results = []
    for result in version["result"]:
        if result["type"] != "relation":
            value = {**draw(_EXTRAS), **result["value"]}
            results.append({**draw(_EXTRAS), **result, "value": value})
            continue
        groups = [[label] for label in result["labels"]] if draw(st.booleans()) else None
        for labels in groups or [result["labels"]]:
            extra = draw(_EXTRAS) | draw(
                st.fixed_dictionaries({}, optional={"id": st.just("rel"), "meta": _JSON})
            )
            results.append({**extra, **result, "labels": labels})
    version["result"] = results
    return task


def travelled(task: dict[str, Any], kind: Any = "annotation") -> dict[str, Any]:
    """The task as it is on the server after a push."""
    (parcel,) = task_parcels([task], kind, "config")
    assert parcel.body is not None
    return imported(msgspec.json.decode(parcel.body))


def said(results: list[dict[str, Any]]) -> tuple[dict[Any, Any], list[Any]]:
    """Results by region and control; relations by label. What the editor may add is left out:
    `origin`, a label's `meta` on its answers, places and words of answers."""
    regions, arcs = {}, []
    metas = {r["id"]: r.get("meta") for r in results if r["type"] == "labels"}
    for result in copy.deepcopy(results):
        result.pop("origin", None)
        if result["type"] == "relation":
            labels = result.pop("labels", None)
            arcs += [(label, result) for label in labels or [None]]
            continue
        if result["type"] != "labels" and result.get("meta") == metas.get(result["id"]):
            result.pop("meta", None)
        regions[result["id"], result["from_name"]] = result
    return regions, sorted(arcs, key=repr)


def the_annotation(task: dict[str, Any]) -> dict[str, Any]:
    (annotation,) = task["annotations"]
    return annotation


@given(tasks())
def test_what_the_editor_drops_comes_back(task: dict[str, Any]) -> None:
    (source,) = [*task["annotations"], *task["predictions"]]
    there = travelled(task)
    annotation = the_annotation(there)
    annotation["result"] = saved(annotation["result"], task["data"]["text"])
    restored, faults = restored_task(there, no_email)
    assert not faults
    made = the_annotation(restored)
    assert said(made["result"]) == said(source["result"])
    assert made["newspan"] == source["newspan"]


@given(tasks())
def test_a_submitted_prediction_has_its_keys_and_its_own_annotator(task: dict[str, Any]) -> None:
    (source,) = [*task["annotations"], *task["predictions"]]
    there = travelled(task, "predictions")
    there["annotations"] = [submitted(there["predictions"][0], task["data"]["text"])]
    restored, faults = restored_task(there, no_email)
    assert not faults
    bare = copy.deepcopy(source["result"])
    for result in bare:  # who a region was by is not who accepted it
        own = result.get("meta", {}).get("newspan") if "value" in result else None
        if own:
            for key in ("annotator", "annotator_kind", "status"):
                own.pop(key, None)
            if not own:
                del result["meta"]["newspan"]
            if not result["meta"]:
                del result["meta"]
    assert said(the_annotation(restored)["result"]) == said(bare)
    (prediction,) = restored["predictions"]
    assert said(prediction["result"]) == said(source["result"])
    assert prediction["newspan"] == source["newspan"]
    readings = [r for r in read([restored]) if r.state == "annotation"]
    for span in readings[0].document.spans if readings[0].document else ():
        assert (span.annotator, span.annotator_kind, span.status) == (
            "ana@example.org", "human", "pass",
        )  # fmt: skip


@given(tasks(), st.data())
def test_what_was_deleted_stays_deleted(task: dict[str, Any], data: st.DataObject) -> None:
    there = travelled(task)
    annotation = the_annotation(there)
    results = saved(annotation["result"], task["data"]["text"])
    regions = sorted({r["id"] for r in results if "id" in r})
    gone = set(data.draw(st.lists(st.sampled_from(regions), unique=True)) if regions else [])
    lost_answers = data.draw(st.sets(st.integers(0, max(len(results) - 1, 0))))
    kept = []
    for number, result in enumerate(results):
        if result["type"] == "relation":
            if {result["from_id"], result["to_id"]} & gone or number in lost_answers:
                continue
            if len(result["labels"]) > 1 and data.draw(st.booleans()):
                result = {**result, "labels": result["labels"][1:]}
        elif result["id"] in gone or (result["type"] != "labels" and number in lost_answers):
            continue
        kept.append(result)
    annotation["result"] = kept
    restored, faults = restored_task(there, no_email)
    assert not faults
    regions_made, arcs_made = said(the_annotation(restored)["result"])
    regions_there, arcs_there = said(kept)
    assert regions_made.keys() == regions_there.keys()
    ends = {(label, arc["from_id"], arc["to_id"]) for label, arc in arcs_made}
    assert ends == {(label, arc["from_id"], arc["to_id"]) for label, arc in arcs_there}
    source = said([*task["annotations"], *task["predictions"]][0]["result"])[0]
    for place, result in regions_made.items():
        expected = {k: v for k, v in source[place].items() if k != "meta"}
        assert {k: v for k, v in result.items() if k != "meta"} == expected


@given(tasks())
def test_restoring_twice_changes_nothing(task: dict[str, Any]) -> None:
    there = travelled(task)
    annotation = the_annotation(there)
    annotation["result"] = saved(annotation["result"], task["data"]["text"])
    kept = next(iter(there["meta"]["newspan"]["kept"].values()), {})
    once, _ = restore(annotation, kept)
    twice, _ = restore(once, kept)
    assert twice == once


@given(tasks(max_spans=4), _JSON, _JSON, _JSON)
def test_a_damaged_record_never_stops_a_pull(
    task: dict[str, Any], regions: Any, relations: Any, provenance: Any
) -> None:
    (version,) = [*task["annotations"], *task["predictions"]]
    kept = {"regions": regions, "relations": relations, "provenance": provenance}
    made, _ = restore(version, kept)
    found, before = said(made["result"]), said(version["result"])
    assert found[0].keys() == before[0].keys()
    assert len(found[1]) == len(before[1])


def region(name: str, start: int, end: int, **more: Any) -> list[dict[str, Any]]:
    value = {"start": start, "end": end, "text": "x"}
    return [
        {"id": name, "from_name": "span", "to_name": "text", "type": "labels", "origin": "manual",
         "value": {**value, "labels": ["Actor"]}, **more},
        {"id": name, "from_name": "actor_type", "to_name": "text", "type": "choices",
         "origin": "manual", "value": {**value, "choices": ["person"]}},
    ]  # fmt: skip


def arc(head: str, tail: str, *labels: str, **more: Any) -> dict[str, Any]:
    return {"type": "relation", "from_id": head, "to_id": tail, "direction": "right",
            "labels": list(labels), **more}  # fmt: skip


def test_two_relations_that_travelled_as_one_are_two_again() -> None:
    kept = {"relations": [
        {"from_id": "a", "to_id": "b", "labels": ["said_by"], "id": "r1"},
        {"from_id": "a", "to_id": "b", "labels": ["via"], "id": "r2", "meta": {"sure": 1}},
    ]}  # fmt: skip
    made, faults = restore({"result": [arc("a", "b", "said_by", "via")]}, kept)
    assert not faults
    assert made["result"] == [
        arc("a", "b", "said_by", id="r1"), arc("a", "b", "via", id="r2", meta={"sure": 1}),
    ]  # fmt: skip
    made, _ = restore({"result": [arc("a", "b", "via", "counts")]}, kept)
    assert made["result"] == [
        arc("a", "b", "via", id="r2", meta={"sure": 1}), arc("a", "b", "counts"),
    ]  # fmt: skip


def test_a_relation_turned_round_is_a_new_one() -> None:
    kept = {"relations": [{"from_id": "a", "to_id": "b", "labels": ["said_by"], "id": "r1"}]}
    turned = {**arc("a", "b", "said_by"), "direction": "left"}
    made, _ = restore({"result": [turned]}, kept)
    assert made["result"] == [turned]


def test_the_editors_copies_of_notes_go_but_not_another_note() -> None:
    label, answer = region("a", 0, 1, meta={"text": ["note"]}, parentID="q")
    copied = {**answer, "meta": {"text": ["note"]}, "parentID": "q"}
    made, _ = restore({"result": [label, copied]}, {})
    assert made["result"] == [label, answer]
    other = {**answer, "meta": {"text": ["another"]}}
    made, _ = restore({"result": [label, other]}, {})
    assert made["result"] == [label, other]


def pushed(*results: list[dict[str, Any]]) -> dict[str, Any]:
    """A task with a pushed annotation, made without a Document."""
    from newspan.annotations.studio.tasks import parcel

    version = {
        "result": [r for group in results for r in group],
        "newspan": {"pass": "adjudicated", "annotator": "m1", "annotator_kind": "model",
                    "status": "adjudicated"},
    }  # fmt: skip
    data = {"article_id": "a", "text": "Ana met Bo.", "text_sha256": "0"}
    made = parcel(data, [version], "annotation", "config")
    assert made.body is not None
    return imported(msgspec.json.decode(made.body))


def test_regions_that_a_person_changed_or_added_say_so() -> None:
    there = pushed(region("a", 0, 3), region("b", 8, 10))
    annotation = the_annotation(there)
    annotation["result"][0]["value"]["end"] = 2
    annotation["result"] += region("c", 4, 7)
    annotation["updated_by"] = 9
    restored, faults = restored_task(there, {9: "bea@example.org"}.get)
    assert not faults
    made = the_annotation(restored)
    assert made["newspan"]["annotator"] == "m1"
    by = {r["id"]: r.get("meta") for r in made["result"] if r["type"] == "labels"}
    person = {"newspan": {"annotator": "bea@example.org", "annotator_kind": "human"}}
    assert by == {"a": person, "b": None, "c": person}


def test_copies_of_an_annotation_and_drafts_on_it_are_restored_too() -> None:
    there = pushed(region("a", 0, 3, locked=True))
    there["annotations"][0]["result"] = saved(there["annotations"][0]["result"], "Ana met Bo.")
    first = the_annotation(there)
    copied = {**first, "id": 5, "import_id": None, "parent_annotation": first["id"],
              "completed_by": {"id": 2, "email": "ana@example.org"}}  # fmt: skip
    there["annotations"].append(copied)
    there["drafts"] = [{"id": 1, "user": "ana@example.org", "annotation": first["id"],
                        "result": first["result"]}]  # fmt: skip
    restored, faults = restored_task(there, no_email)
    assert not faults
    assert restored["annotations"][1]["result"][0]["locked"] is True
    assert "newspan" not in restored["annotations"][1]
    assert restored["drafts"][0]["result"][0]["locked"] is True
    assert "newspan" not in restored["drafts"][0]


def test_a_copy_that_goes_in_a_circle_is_nobodys() -> None:
    there = pushed(region("a", 0, 3))
    there["annotations"] = [
        {**the_annotation(there), "id": 1, "import_id": None, "parent_annotation": 2},
        {**the_annotation(there), "id": 2, "import_id": None, "parent_annotation": 1},
    ]
    restored, _ = restored_task(there, no_email)
    assert all("newspan" not in a for a in restored["annotations"])


def test_what_cannot_be_put_back_is_reported() -> None:
    there = pushed(region("a", 0, 3))
    there["meta"]["newspan"]["kept"] = "gone"
    _, faults = restored_task(there, no_email)
    assert "record" in faults[0].message
    there = pushed(region("a", 0, 3))
    there["annotations"] = [{**the_annotation(there), "import_id": None, "parent_prediction": 77}]
    _, faults = restored_task(there, no_email)
    assert "prediction that is gone" in faults[0].message
    there = pushed(region("a", 0, 3))
    there["meta"]["newspan"]["kept"]["adjudicated"]["relations"] = [[1]]
    _, faults = restored_task(there, no_email)
    assert "damaged" in faults[0].message


def test_nobody_elses_word_counts_for_who_made_it() -> None:
    there = pushed(region("a", 0, 3))
    own = {"pass": "adjudicated", "annotator": "judge", "status": "adjudicated"}
    eve = {"email": "eve@example.org"}
    foreign = {"id": 8, "result": [], "completed_by": eve, "newspan": own}
    there["annotations"].append(foreign)
    restored, _ = restored_task(there, no_email)
    assert "newspan" not in restored["annotations"][1]
