"""Ranges of a list, and the workers that make tables of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.errors import DocumentError
from newspan.formats import ranges, stream, workers
from newspan.formats.json_stream import json_items
from newspan.formats.label_studio import encode
from newspan.formats.ranges import list_ranges
from newspan.formats.workers import range_tables

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
ITEMS = st.lists(
    st.builds(lambda n, more: {"id": n, "data": more}, st.integers(0, 99), VALUES), max_size=12
)


def is_task(item: dict[str, Any]) -> bool:
    return "data" in item


@given(ITEMS, st.integers(8, 200), st.sampled_from([None, 1]), st.booleans())
def test_ranges_hold_all_items_in_order(
    tmp_path_factory: pytest.TempPathFactory,
    items: list[Any],
    size: int,
    indent: int | None,
    ascii_only: bool,
) -> None:
    path = tmp_path_factory.mktemp("ranges") / "list.json"
    path.write_text(json.dumps(items, indent=indent, ensure_ascii=ascii_only), encoding="utf-8")
    found = list_ranges(path, size, is_task)
    if found is None:
        return  # no two items begin alike: the plain road is taken
    assert [i for r in found for i in json_items(path, within=r)] == items


def test_a_big_list_is_cut_into_several_ranges(tmp_path: Path) -> None:
    items = [{"id": n, "data": {"id": -n, "said": f'"{{"id":{n}'}} for n in range(200)]
    path = tmp_path / "list.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    found = list_ranges(path, 500, is_task)
    assert found is not None
    assert len(found) > 10
    assert [i for r in found for i in json_items(path, within=r)] == items


def test_a_list_within_an_item_is_not_cut(tmp_path: Path) -> None:
    items = [
        {"id": n, "annotations": [{"id": 7 * n + k, "result": "x" * 50} for k in range(7)],
         "data": {"n": n}}
        for n in range(50)
    ]  # fmt: skip
    path = tmp_path / "list.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    found = list_ranges(path, 900, is_task)
    assert found is not None
    assert len(found) > 10
    assert [i for r in found for i in json_items(path, within=r)] == items


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1, 2]", '[{"id": 1}', "[{", "\0"])
def test_what_is_no_list_of_objects_has_no_ranges(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, encoding="utf-8")
    assert list_ranges(path, 4, is_task) is None


@pytest.fixture
def tasks() -> list[dict[str, Any]]:
    from newspan.corpus.collect import read_sources
    from trees import DATA

    found = [d for d in read_sources(DATA / "tree").documents if d.article.text is not None]
    made = []
    for number in range(40):
        task = json.loads(json.dumps(next(iter(encode([found[number % len(found)]])))))
        name = f"inv-{number:04d}"
        task["data"]["article_id"] = task["data"]["article"]["id"] = name
        task["id"] = number + 1
        made.append({"id": task.pop("id"), **task})
    return made


@pytest.fixture
def export(tmp_path: Path, tasks: list[dict[str, Any]]) -> Path:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return path


def written(folder: Path) -> dict[str, Any]:
    return {p.parent.name: pq.read_table(p) for p in sorted(folder.glob("*/*.parquet"))}


def small_ranges(monkeypatch: pytest.MonkeyPatch, count: int) -> list[int]:
    """Let the stream cut small files for so many workers; collects what they answer."""
    answered: list[int] = []
    real = workers._Worker.answer

    def answer(self: Any, number: int) -> Any:
        found = real(self, number)
        if found is not None:
            answered.append(number)
        return found

    monkeypatch.setattr(stream, "BIG", 0)
    monkeypatch.setattr(stream, "RANGE", 20_000)
    monkeypatch.setattr(stream, "usable_workers", lambda: count)
    monkeypatch.setattr(workers._Worker, "answer", answer)
    return answered


@pytest.mark.parametrize("count", [1, 2])
def test_workers_give_the_tables_of_one_process(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    plain = stream.stream_label_studio(export, tmp_path / "plain")
    answered = small_ranges(monkeypatch, count)
    assert stream.stream_label_studio(export, tmp_path / "shared") == plain
    assert answered, "no worker did anything"
    assert written(tmp_path / "shared") == written(tmp_path / "plain")


def test_what_a_failed_worker_leaves_is_done_here(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = stream.stream_label_studio(export, tmp_path / "plain")
    answered = small_ranges(monkeypatch, 1)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert stream.stream_label_studio(export, tmp_path / "shared") == plain
    assert answered == []
    assert written(tmp_path / "shared") == written(tmp_path / "plain")


def test_a_fault_in_any_range_is_named_and_nothing_is_written(
    export: Path, tasks: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tasks[31]["annotations"][0]["result"][0]
    bad["value"]["end"] = 10**6
    export.write_text(json.dumps(tasks), encoding="utf-8")
    small_ranges(monkeypatch, 1)
    with pytest.raises(DocumentError, match="inv-0031"):
        stream.stream_label_studio(export, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_export_that_is_cut_off_is_refused(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export.write_bytes(export.read_bytes()[:-200] + b"]")
    small_ranges(monkeypatch, 1)
    with pytest.raises(DocumentError, match="is not JSON"):
        stream.stream_label_studio(export, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_wrong_cut_is_found_out(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = stream.stream_label_studio(export, tmp_path / "plain")
    small_ranges(monkeypatch, 1)

    def wrong(path: Path, size: int, is_item: Any) -> list[tuple[int, int]]:
        first, *rest = ranges.list_ranges(path, size, is_item) or []
        middle = (first[0] + first[1]) // 2
        return [(first[0], middle), (middle, first[1]), *rest]

    monkeypatch.setattr(stream, "list_ranges", wrong)
    assert stream.stream_label_studio(export, tmp_path / "shared") == plain
    assert written(tmp_path / "shared") == written(tmp_path / "plain")


def test_workers_are_gone_when_the_reader_stops(export: Path, tmp_path: Path) -> None:
    found = list_ranges(export, 20_000, is_task)
    assert found is not None
    made: list[Any] = []
    real = workers._Worker.__init__

    def keep(self: Any, *arguments: Any) -> None:
        real(self, *arguments)
        made.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers._Worker, "__init__", keep)
        tables = range_tables(export, found, 2)
        next(tables)
        tables.close()  # type: ignore[attr-defined]
    assert [w._process.returncode is not None for w in made] == [True, True]
