"""What Label Studio 1.23.2 and its editor were measured to do to a task, as functions.

`tests/browser` holds the real editor to the same.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

_RESULT = ("id", "from_name", "to_name", "type", "value", "origin", "meta", "score", "readonly",
           "parentID")  # fmt: skip
_VALUE = ("start", "end", "text", "labels", "choices")
_IMPORTED = ("result", "lead_time", "was_cancelled", "ground_truth")
"""Keys of an annotation that an import honours, besides `id`, which becomes `import_id`."""


def imported(task: Mapping[str, Any], user: str = "pusher@example.org") -> dict[str, Any]:
    """The task as a snapshot has it after an import."""
    made = copy.deepcopy(dict(task))
    for number, annotation in enumerate(task.get("annotations", []), start=1):
        made["annotations"][number - 1] = {
            **{key: annotation[key] for key in _IMPORTED if key in annotation},
            "id": 100 + number,
            "import_id": annotation.get("id"),
            "completed_by": {"id": 1, "email": user, "first_name": "", "last_name": ""},
            "updated_by": None, "parent_prediction": None, "parent_annotation": None,
            "unique_id": f"uuid-{number}", "prediction": {}, "created_at": "2026-01-01T00:00:00Z",
        }  # fmt: skip
    for number, prediction in enumerate(task.get("predictions", []), start=1):
        kept = {key: prediction[key] for key in ("result", "score", "model_version")}
        made["predictions"][number - 1] = {**kept, "id": 200 + number}
    return made | {"id": 7, "drafts": [], "updated_at": "2026-01-01T00:00:00.000000Z"}


def submitted(
    prediction: Mapping[str, Any], text: str, user: str = "ana@example.org"
) -> dict[str, Any]:
    """The annotation that a person makes of a prediction by pressing Submit."""
    return {
        "id": 300, "result": [{**r, "origin": "prediction"} if "id" in r else r
                              for r in saved(prediction["result"], text)],
        "completed_by": {"id": 2, "email": user}, "import_id": None, "updated_by": 2,
        "parent_prediction": prediction["id"], "parent_annotation": None, "was_cancelled": False,
        "unique_id": "uuid-300", "created_at": "2026-01-02T00:00:00Z",
    }  # fmt: skip


def saved(results: list[dict[str, Any]], text: str | None) -> list[dict[str, Any]]:
    """The results after the editor has shown them and a person pressed Update or Submit."""
    labels = {str(r["id"]): r for r in results if r["type"] == "labels"}
    made, pairs = [], set()
    for result in copy.deepcopy(results):
        if result["type"] == "relation":
            pair = str(result["from_id"]), str(result["to_id"])
            if pair in pairs:
                continue  # only the first relation of an ordered pair is shown
            pairs.add(pair)
            kept = {"type": "relation", "from_id": pair[0], "to_id": pair[1],
                    "direction": result.get("direction", "right")}  # fmt: skip
            made.append(kept | ({"labels": result["labels"]} if "labels" in result else {}))
            continue
        region = labels.get(str(result["id"]))
        if region is None or result.get("to_name", "text") != "text":
            continue  # answers without region and results of unknown objects are deleted
        kept = {key: result[key] for key in _RESULT if key in result}
        value = {key: v for key, v in result["value"].items() if key in _VALUE}
        for key in ("start", "end"):
            value.setdefault(key, region["value"][key])
        if text is not None and result["type"] != "textarea":
            value.setdefault("text", text[value["start"] : value["end"]])
        spread = {key: region[key] for key in ("meta", "parentID") if key in region}
        made.append(
            kept | spread | {"id": str(result["id"]), "value": value}
            | {"origin": kept.get("origin", "manual")}
        )  # fmt: skip
    # Regions first, in the order of their places; the keys of JSON have no order.
    return sorted(made, key=lambda r: (r["type"] == "relation", -r.get("value", {}).get("end", 0)))
