"""The fast road of a pull makes what the slow one makes, or leaves the task to it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from editor_losses import imported, saved, submitted
from newspan.annotations.studio.adjudicated import adjudicated
from newspan.annotations.studio.incoming import article_of, incoming
from newspan.annotations.studio.plain import PlainRoad, Ready
from newspan.annotations.studio.tasks import parcels
from newspan.errors import DocumentError
from newspan.schema.model import Article, Document
from strategies import documents_for

pytestmark = pytest.mark.slow

PLAIN = documents_for({"article", "nested", "relations", "provenance"})
ANY = documents_for(
    {"article", "nested", "relations", "provenance", "note", "score", "discontinuous"}
)
KINDS = st.sampled_from(["annotation", "predictions"])
STANDOFF = st.booleans()


def on_the_server(document: Document, kind: Any, edited: bool) -> dict[str, Any]:
    """The document as a snapshot has it: pushed, and opened by a person who changed nothing."""
    (parcel,) = parcels([document], kind, "config")
    assert parcel.body is not None
    task = imported(msgspec.json.decode(parcel.body))
    text = task["data"]["text"]
    for annotation in task["annotations"] if edited else ():
        annotation["result"] = saved(annotation["result"], text)
    if kind == "predictions":
        task["annotations"] = [submitted(task["predictions"][0], text)]
    return task


def known(article: Article, standoff: bool) -> Mapping[str, Article]:
    """The corpus; the words of a stand-off article are not in it."""
    gone = {"text": None, "title": None} if standoff else {}
    return {article.id: msgspec.structs.replace(article, **gone)}


def slow(task: dict[str, Any], articles: Mapping[str, Article]) -> tuple[bytes | None, bool]:
    """What the slow road makes of a task, and whether there was nothing to be said about it."""
    try:
        found = incoming(task, article_of(task, articles), lambda _: None)
    except DocumentError:
        return None, False
    made = adjudicated(found)
    return made.content, not (made.notes or made.held_back)


def fast(task: dict[str, Any], articles: Mapping[str, Article]) -> Any:
    (made,) = PlainRoad(articles)(msgspec.json.encode([task]))
    return made


def both_roads(task: dict[str, Any], articles: Mapping[str, Article]) -> bool:
    """Whether the fast road was taken; it made what the slow one makes."""
    made = fast(task, articles)
    if not isinstance(made, Ready):
        assert made == task
        return False
    assert slow(task, articles) == (made.content, True)
    assert (made.number, made.updated_at) == (task["id"], task["updated_at"])
    return True


@given(PLAIN, KINDS, st.booleans(), STANDOFF)
def test_both_roads_make_the_same(
    document: Document, kind: str, edited: bool, standoff: bool
) -> None:
    task = on_the_server(document, kind, edited)
    taken = both_roads(task, known(document.article, standoff))
    event(f"fast: {taken}")


@given(ANY, KINDS, st.booleans(), STANDOFF, st.data())
def test_what_is_changed_anywhere_makes_no_difference(
    document: Document, kind: str, edited: bool, standoff: bool, data: st.DataObject
) -> None:
    task = on_the_server(document, kind, edited)
    changed = copy.deepcopy(task)
    change_somewhere(changed, data)
    event(f"fast: {both_roads(changed, known(document.article, standoff))}")


_VALUES = st.sampled_from(
    [None, True, 0, 1, -1, 2.5, 10**12, "", "yes", " a", "Actor", "actor_type", "person", "labels",
     "choices", "prediction", "left", "x\x00", "said_by", [], ["said_by"], ["Actor", "Cue"], {},
     {"email": "ana@example.org"}, {"newspan": {"status": "pass"}}, ["twelve"], ["person"]]
)  # fmt: skip
_KEYS = ("hidden", "meta", "score", "parentID", "import_id", "parent_prediction", "was_cancelled",
         "parent_annotation", "direction", "labels", "id", "drafts", "newspan")  # fmt: skip


def change_somewhere(task: dict[str, Any], data: st.DataObject) -> None:
    """Set, add, remove, double or swap something at any depth of a task, in place."""
    for _ in range(data.draw(st.integers(1, 2))):
        node: Any = task
        while (inner := [k for k, v in _items(node) if isinstance(v, (dict, list)) and v]) and (
            node is task or data.draw(st.integers(0, 4))
        ):
            node = node[data.draw(st.sampled_from(inner))]
        if isinstance(node, list):
            at = data.draw(st.integers(0, len(node) - 1))
            if data.draw(st.booleans()):
                node.insert(data.draw(st.integers(0, len(node))), copy.deepcopy(node[at]))
            else:
                del node[at]
        elif data.draw(st.integers(0, 3)):
            node[data.draw(st.sampled_from(sorted(node)))] = copy.deepcopy(data.draw(_VALUES))
        else:
            node[data.draw(st.sampled_from(_KEYS))] = copy.deepcopy(data.draw(_VALUES))


def _items(node: Any) -> list[tuple[Any, Any]]:
    return list(node.items() if isinstance(node, dict) else enumerate(node))


@given(PLAIN, KINDS, STANDOFF)
def test_a_plain_task_does_take_the_fast_road(
    document: Document, kind: str, standoff: bool
) -> None:
    task = on_the_server(document, kind, edited=True)
    articles = known(document.article, standoff)
    results = task["annotations"][0]["result"]
    assume(slow(task, articles)[1])
    assume(not any("meta" in result for result in results))
    taken = isinstance(fast(task, articles), Ready)
    assert taken or standoff  # words that an answer shares with the text are a matter for the slow
