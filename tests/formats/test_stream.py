"""Streaming: the items of big JSON, and the fast road from Label Studio to Parquet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from newspan.errors import DocumentError, NewspanError
from newspan.formats import json_stream, read
from newspan.formats.json_stream import json_items
from newspan.formats.label_studio import decode, encode, tasks_of
from newspan.formats.label_studio.columns import (
    Batch,
    UnsoundBatch,
    slow_tables,
)
from newspan.formats.label_studio.typed import task_decoder
from newspan.formats.stream import stream_label_studio
from newspan.schema.tables import tables

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
ITEMS = st.lists(
    st.dictionaries(st.sampled_from(["id", "data", "x"]), VALUES, min_size=1), max_size=12
)


@given(ITEMS, st.integers(1, 40), st.sampled_from([None, 1]), st.booleans())
def test_items_are_those_of_the_list_wherever_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, items: list[Any], chunk: int, indent: int | None,
    ascii_only: bool,
) -> None:  # fmt: skip
    path = tmp_path_factory.mktemp("items") / "x.json"
    path.write_text(json.dumps(items, indent=indent, ensure_ascii=ascii_only), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "CHUNK", chunk)
        assert list(json_items(path)) == items


def test_strings_that_look_like_a_boundary_do_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [{"id": n, "data": {"text": '},{"id":7,' * 5, "in": [{"id": 1}, {"id": 2}]}}
             for n in range(30)]  # fmt: skip
    path = tmp_path / "x.json"
    path.write_text(json.dumps(items, separators=(",", ":")), encoding="utf-8")
    monkeypatch.setattr(json_stream, "CHUNK", 97)
    assert list(json_items(path)) == items


@pytest.mark.parametrize("cut", [1, 20, 75, 149])
def test_a_list_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    whole = json.dumps([{"id": n, "data": {"text": "word " * 5}} for n in range(3)])
    assert len(whole) > 150
    path = tmp_path / "x.json"
    path.write_text(whole[:cut], encoding="utf-8")
    with pytest.raises(DocumentError, match="is not JSON"):
        list(json_items(path))


def test_one_value_is_one_item(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('\n{"id": 1}\n', encoding="utf-8")
    assert list(json_items(path)) == [{"id": 1}]
    path.write_text("[]", encoding="utf-8")
    assert list(json_items(path)) == []


def batch_tables(items: list[Any]) -> Any:
    """The tables of some tasks, as a stream makes them."""
    batch = Batch()
    for item in items:
        batch.add(item)
    try:
        return batch.tables()
    except UnsoundBatch:
        return slow_tables(items)


def as_read(task: Any) -> list[Any]:
    """The task as the fast road gets it: through JSON."""
    return task_decoder(msgspec.json.encode([task]))


@given(st.lists(strategies.documents(standoff=False), min_size=1, max_size=4,
                unique_by=lambda d: d.article.id))  # fmt: skip
def test_both_roads_give_the_same_tables(documents: list[Any]) -> None:
    tasks = list(encode(documents))
    items = [item for task in tasks for item in as_read(task)]
    expected = tables(decode(tasks))
    found = batch_tables(items)
    for ours, theirs in zip(found, expected, strict=True):
        keys = ["article_id"] if "article_id" in ours.schema.names else ["id"]
        order = [(key, "ascending") for key in keys]
        assert ours.sort_by(order).equals(theirs.sort_by(order))


def plain_tasks() -> list[dict[str, Any]]:
    from newspan.corpus.collect import read_sources
    from trees import DATA

    found = read_sources(DATA / "tree").documents
    return list(encode(d for d in found if d.article.text is not None))


def test_the_fast_road_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from newspan.formats.label_studio import columns

    tasks = plain_tasks()
    seen: list[int] = []
    real = columns.slow_tables

    def slowly(some: Any, path: Any) -> Any:
        seen.append(len(some))
        return real(some, path)

    monkeypatch.setattr(columns, "slow_tables", slowly)
    items = [item for task in tasks for item in as_read(task)]
    batch_tables(items)
    # inv-9002 alone is plain: the others hold notes, sources or discontinuous quotes.
    assert seen == [len(tasks)]


CHANGES: dict[str, Any] = {
    "label": lambda t: result(t, "labels")["value"].update(labels=["Actr"]),
    "no label": lambda t: result(t, "labels")["value"].update(labels=[]),
    "range": lambda t: result(t, "labels")["value"].update(end=10**6),
    "huge": lambda t: result(t, "labels")["value"].update(end=10**12),
    "float": lambda t: result(t, "labels")["value"].update(start=1.5),
    "edge": lambda t: result(t, "labels")["value"].update(start=4, end=8),
    "choice": lambda t: result(t, "choices")["value"].update(choices=["maybe"]),
    "two choices": lambda t: result(t, "choices")["value"].update(choices=["a", "b"]),
    "answer": lambda t: result(t, "textarea")["value"].update(text=["not exact"]),
    "missing": lambda t: results(t).remove(result(t, "choices")),
    "arc label": lambda t: result(t, "relation").update(labels=["says"]),
    "arc ends": lambda t: result(t, "relation").update(to_id=result(t, "relation")["from_id"]),
    "arc to nothing": lambda t: result(t, "relation").update(to_id="nothing"),
    "id twice": lambda t: results(t).append(json.loads(json.dumps(result(t, "labels")))),
    "text": lambda t: t["data"].update(text=t["data"]["text"] + "."),
    "score": lambda t: result(t, "labels").update(score=7),
}  # fmt: skip


def results(task: dict[str, Any]) -> list[Any]:
    found: list[Any] = task["annotations"][0]["result"]
    return found


def result(task: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(r for r in results(task) if r["type"] == kind)


@pytest.mark.parametrize("change", CHANGES)
def test_both_roads_refuse_the_same(tmp_path: Path, change: str) -> None:
    task = next(t for t in plain_tasks() if t["data"]["article_id"] == "inv-9002")
    CHANGES[change](task)
    with pytest.raises(DocumentError) as slow:
        list(decode([task]))
    with pytest.raises(DocumentError) as fast:
        batch_tables(as_read(task))
    assert str(fast.value) == str(slow.value)
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task]), encoding="utf-8")
    with pytest.raises(DocumentError):
        stream_label_studio(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["export.json"]


GOLDEN = sorted((Path(__file__).parent / "label_studio" / "golden").glob("*/export.json"))


def outcome(made: Callable[[], Any]) -> tuple[str, Any]:
    """What a road comes to: its tables in one order, or what it says is wrong."""
    try:
        found = made()
    except DocumentError as error:
        return "refused", str(error)
    return "read", [t.sort_by([(c, "ascending") for c in ("id",)]).to_pylist() for t in found]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.parent.name)
def test_both_roads_come_to_the_same_over_the_golden_exports(path: Path) -> None:
    def through(read_items: Callable[[Any], Any]) -> Any:
        items = msgspec.json.decode(path.read_bytes())
        return read_items([t for item in items for t in tasks_of(item)])

    slow = outcome(lambda: through(lambda tasks: tables(decode(tasks))))
    fast = outcome(lambda: batch_tables(task_decoder(path.read_bytes())))
    if slow[0] == "refused" and fast[0] == "refused":
        assert fast[1] == slow[1]
    else:
        assert fast == slow


def test_a_stream_gives_back_what_was_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newspan.formats import stream

    tasks = plain_tasks()
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    monkeypatch.setattr(stream, "ROW_GROUP", 2)
    counted = stream_label_studio(path, tmp_path / "out")
    expected = sorted(decode(tasks), key=lambda d: d.article.id)
    assert list(read(tmp_path / "out")) == expected
    assert counted == (
        len(expected),
        sum(len(d.spans) for d in expected),
        sum(len(d.relations) for d in expected),
    )


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text("[]", encoding="utf-8")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(
        NewspanError, match=r"holds other things than articles, spans, relations: letters\.txt"
    ):
        stream_label_studio(path, tmp_path / "home")
    assert (tmp_path / "home" / "letters.txt").read_text() == "mine"
