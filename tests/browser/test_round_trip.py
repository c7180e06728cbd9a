"""What was pushed and worked on in the editor comes back: nothing lost, nothing risen."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from browser.desk import Desk, bare, regions, seen
from browser.editor import Editor
from newspan.annotations.studio.foreign import task_parcels
from newspan.annotations.studio.push import push_parcels
from newspan.corpus.load import load
from newspan.formats.label_studio import encode
from newspan.schema.model import Document

pytestmark = pytest.mark.slow

TEXT = "Varn said six tugs sank off Velk, and Krenn agreed."


def fragments(document: Document) -> int:
    return sum(len(span.fragments) for span in document.spans)


def arrows(document: Document) -> set[str]:
    """Relations without the pass that stands before them."""
    return {relation.id.split("/", 2)[2] for relation in document.relations}


def test_predictions_are_taken_over_as_they_are(editor: Editor, desk: Desk) -> None:
    found = [d for d in load().documents() if d.article.origin == "invented"]
    document = min(found, key=fragments)
    (task,) = desk.put([document], "predictions")
    editor.open(desk.project.id, task, document.article.text or "", regions=fragments(document))
    editor.submit()
    (version,) = desk.studio.get(f"/api/tasks/{task}/")["annotations"]
    assert version["parent_prediction"] is not None
    taken = desk.document()
    assert regions(taken) == regions(document)
    assert sorted(map(seen, taken.spans)) == sorted(map(seen, document.spans))
    assert arrows(taken) == arrows(document)


def region(name: str, words: str, label: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": name, "from_name": "span", "to_name": "text", "type": "labels",
            "origin": "manual", "value": value, **more}  # fmt: skip


def answer(of: dict[str, Any], control: str, value: str, **more: Any) -> dict[str, Any]:
    place = {key: of["value"][key] for key in ("start", "end", "text")}
    return {"id": of["id"], "from_name": control, "to_name": "text", "type": "choices",
            "origin": "manual", "value": {**place, "choices": [value]}, **more}  # fmt: skip


def arc(head: str, tail: str, *labels: str, **more: Any) -> dict[str, Any]:
    return {"type": "relation", "from_id": head, "to_id": tail, "direction": "right",
            "labels": list(labels), **more}  # fmt: skip


def with_extras() -> list[dict[str, Any]]:
    """Results with all that the editor drops."""
    varn = region(
        "a1", "Varn", "Actor", score=0.75, confidence={"by": "model-7", "votes": [1, 2]},
        meta={"text": ["a note"], "reviewed": True},
    )  # fmt: skip
    varn["value"] |= {"hidden": False, "quote": {"prefix": "", "suffix": " said"}}
    tugs = region("c1", "tugs", "Counted", locked=True)
    six = region("n1", "six", "Number", parent_id="none")
    velk = region("l1", "Velk", "Location", source="gazetteer 3")
    krenn = region("a2", "Krenn", "Actor", source="second reader")
    return [
        varn, answer(varn, "actor_type", "person", certainty="high"),
        six, answer(six, "number_kind", "count", certainty="low"),
        tugs, velk, answer(velk, "location_kind", "city"),
        krenn, answer(krenn, "actor_type", "armed_force"),
        arc("n1", "c1", "counts", id="rel-1", meta={"why": "adjacent"}),
        arc("n1", "a1", "according_to", id="rel-2", confidence=0.5),
        arc("n1", "l1", "located_in", id="rel-3"),
        arc("n1", "a2", "according_to", id="rel-4"),
    ]  # fmt: skip


def as_compared(results: list[dict[str, Any]]) -> list[bytes]:
    """Results in an order of their own, without the editor's own bookkeeping."""
    rows = [{k: v for k, v in result.items() if k != "origin"} for result in results]
    return sorted(msgspec.json.encode(row, order="sorted") for row in rows)


def push_with_extras(desk: Desk) -> int:
    document = bare("extras", TEXT)
    desk.articles["extras"] = document.article
    (task,) = encode([document])
    by_ana = {"pass": "second", "annotator": "ana", "annotator_kind": "human", "status": "pass"}
    task["annotations"] = [{"result": with_extras(), "newspan": by_ana}]
    parcels = task_parcels([task], "annotation", desk.project.config)
    pushed = push_parcels(desk.studio, desk.project, parcels)
    assert pushed.sent == 1
    (made,) = desk.tasks()
    assert set(as_compared(with_extras())) <= set(as_compared(desk.pulled_results()))
    return made


def test_what_the_editor_drops_is_put_back(editor: Editor, desk: Desk) -> None:
    task = push_with_extras(desk)
    before = desk.pulled_results()
    editor.open(desk.project.id, task, TEXT, regions=5)
    place = editor.mark("5", "agreed")
    editor.submit()
    stored = desk.results(task)
    assert "confidence" not in msgspec.json.encode(stored).decode(), "the editor drops it still"
    after = desk.pulled_results()
    new = [r for r in after if r.get("value", {}).get("labels") == ["Cue"]]
    assert [(r["value"]["start"], r["value"]["end"]) for r in new] == [place]
    assert as_compared([r for r in after if r not in new]) == as_compared(before)


def is_number(result: dict[str, Any]) -> bool:
    return result.get("id") == "n1" and result["type"] == "labels"


def test_what_a_person_deletes_stays_deleted(editor: Editor, desk: Desk) -> None:
    task = push_with_extras(desk)
    before = desk.pulled_results()
    editor.open(desk.project.id, task, TEXT, regions=5)
    start = TEXT.index("Krenn")
    editor.delete((start, start + len("Krenn")))
    start = TEXT.index("six")
    editor.choose((start, start + len("six")))
    editor.pick("number_kind", "count")
    editor.leave()
    editor.submit()
    # The number was changed by hand, so it is no longer Ana's.
    by_hand = {"newspan": {"annotator": desk.studio.user["email"], "annotator_kind": "human"}}
    left = [
        {**result, "meta": by_hand} if is_number(result) else result
        for result in before
        if "a2" not in (result.get("id"), result.get("to_id"))
        and result.get("from_name") != "number_kind"
    ]
    assert len(left) < len(before) - 3
    assert as_compared(desk.pulled_results()) == as_compared(left)


def test_a_draft_is_no_finished_work(editor: Editor, desk: Desk) -> None:
    (task,) = desk.put([bare("draft", TEXT)])
    editor.open(desk.project.id, task, TEXT)
    with editor.page.expect_response(lambda r: "/drafts" in r.url and r.ok):
        editor.mark("5", "said")
    assert [reading.state for reading in desk.readings()] == ["draft"]
