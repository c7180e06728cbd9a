"""Several annotations of one article: where they may stand, and how one is chosen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import newspan
from newspan.errors import DocumentError
from newspan.formats import ranges, stream
from newspan.formats.convert import convert
from newspan.formats.label_studio import encode
from newspan.schema.model import Document
from trees import DATA

ANA, BO = "ana@example.org", "bo@example.org"


def region(key: str, text: str, words: str) -> list[dict[str, Any]]:
    start = text.index(words)
    value = {"start": start, "end": start + len(words), "text": words}
    return [
        {"id": key, "type": "labels", "from_name": "span", "to_name": "text",
         "value": value | {"labels": ["Actor"]}},
        *({"id": key, "type": "choices", "from_name": name, "to_name": "text",
           "value": value | {"choices": [choice]}}
          for name, choice in (("actor_type", "person"), ("actor_mention", "name"))),
    ]  # fmt: skip


def documents() -> list[Document]:
    from newspan.corpus.collect import read_sources

    found = read_sources(DATA / "tree").documents
    return [d for d in found if d.article.text is not None]


def annotation(text: str, who: str, *words: str) -> dict[str, Any]:
    results = [r for n, w in enumerate(words) for r in region(f"r{n}", text, w)]
    return {"completed_by": {"email": who}, "result": results}


@pytest.fixture
def tasks() -> list[dict[str, Any]]:
    """Two tasks without annotation."""
    return [task | {"annotations": [], "predictions": []} for task in encode(documents()[:2])]


def export(folder: Path, tasks: list[dict[str, Any]]) -> Path:
    path = folder / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


@pytest.fixture
def both(tmp_path: Path, tasks: list[dict[str, Any]]) -> Path:
    """The first text annotated by two, the second by one."""
    first, second = (task["data"]["text"] for task in tasks)
    words = first.split()
    tasks[0]["annotations"] = [
        annotation(first, ANA, words[0]), annotation(first, BO, words[0], words[1]),
    ]  # fmt: skip
    tasks[1]["annotations"] = [annotation(second, BO, second.split()[0])]
    return export(tmp_path, tasks)


def held(path: Path) -> list[tuple[str, set[str]]]:
    """Article and annotators of each document."""
    return [(d.article.id, {s.annotator for s in d.spans}) for d in newspan.read(path)]


@pytest.mark.parametrize("big", [False, True])
def test_tables_hold_one_annotation_of_an_article(
    both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, big: bool
) -> None:
    if big:
        monkeypatch.setattr(stream, "BIG", 0)
        monkeypatch.setattr(stream, "BATCH", 1)
    target = tmp_path / "tables"
    with pytest.raises(DocumentError) as error:
        convert(both, target)
    (fault,) = error.value.faults
    assert fault.path == both
    assert fault.article_id == documents()[0].article.id
    assert f"by {ANA} and {BO}" in fault.message
    assert "--annotator" in fault.remedy and "JSON Lines" in fault.remedy
    assert sorted(tmp_path.iterdir()) == [both]


def test_json_lines_hold_every_pass_and_go_back(both: Path, tmp_path: Path) -> None:
    lines, back = tmp_path / "passes.jsonl", tmp_path / "back.json"
    assert convert(both, lines).startswith("3 documents, ")
    first, second = (d.article.id for d in documents()[:2])
    assert held(lines) == [(first, {ANA}), (first, {BO}), (second, {BO})]
    convert(lines, back)
    assert list(newspan.read(back)) == list(newspan.read(lines))
    with pytest.raises(DocumentError, match=f"by {ANA} and {BO}"):
        convert(lines, tmp_path / "tables")
    with pytest.raises(DocumentError, match=f"by {ANA} and {BO}"):
        newspan.write(newspan.read(lines), tmp_path / "tables")
    assert not (tmp_path / "tables").exists()


@pytest.mark.parametrize("name", [BO, "bo-example-org"])
def test_one_annotator_is_chosen(both: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "tables"
    said = convert(both, target, annotators=[name])
    assert said.startswith("2 documents, 3 spans, ")
    assert [who for _, who in held(target)] == [{BO}, {BO}]


def test_the_annotator_named_first_goes_first(both: Path, tmp_path: Path) -> None:
    target = tmp_path / "tables"
    convert(both, target, annotators=[ANA, BO])
    assert [who for _, who in held(target)] == [{ANA}, {BO}]


def test_articles_that_nobody_named_has_annotated_are_counted(both: Path, tmp_path: Path) -> None:
    said = convert(both, tmp_path / "tables", annotators=[ANA])
    assert said.startswith("1 documents, 1 spans, ")
    assert "1 article left out" in said


def test_who_found_nothing_to_mark_has_annotated_too(
    tmp_path: Path, tasks: list[dict[str, Any]]
) -> None:
    text = tasks[0]["data"]["text"]
    tasks[0]["annotations"] = [annotation(text, ANA), annotation(text, BO, text.split()[0])]
    path = export(tmp_path, tasks[:1])
    with pytest.raises(DocumentError, match=f"one without spans and one by {BO}"):
        convert(path, tmp_path / "tables")
    convert(path, tmp_path / "by-bo", annotators=[BO])
    assert [len(d.spans) for d in newspan.read(tmp_path / "by-bo")] == [1]
    with pytest.raises(DocumentError, match=f"nobody called {ANA}"):  # no span says who
        convert(path, tmp_path / "by-ana", annotators=[ANA])


def test_a_prediction_beside_an_annotation_is_another(
    tmp_path: Path, tasks: list[dict[str, Any]]
) -> None:
    text = tasks[0]["data"]["text"]
    made = annotation(text, ANA, text.split()[0])
    tasks[0] |= {
        "annotations": [made],
        "predictions": [{"model_version": "guesser-1", "result": made["result"]}],
    }
    path = export(tmp_path, tasks[:1])
    with pytest.raises(DocumentError, match=f"by {ANA} and guesser-1"):
        convert(path, tmp_path / "tables")
    convert(path, tmp_path / "tables", annotators=[ANA])
    assert [who for _, who in held(tmp_path / "tables")] == [{ANA}]


def test_a_task_imported_twice_is_said_so(tmp_path: Path, tasks: list[dict[str, Any]]) -> None:
    text = tasks[0]["data"]["text"]
    tasks[0]["annotations"] = [annotation(text, ANA, text.split()[0])]
    path = export(tmp_path, [tasks[0], tasks[0]])
    for chosen in ([], [ANA]):
        with pytest.raises(DocumentError, match=f"is there twice, both times by {ANA}"):
            convert(path, tmp_path / "tables", annotators=chosen)


def test_a_name_that_nobody_has_is_refused_with_those_there_are(both: Path, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=f"(?s)nobody called dan.*{ANA}, {BO}"):
        convert(both, tmp_path / "tables", annotators=["dan"])
    assert sorted(tmp_path.iterdir()) == [both]


def test_ranges_are_used_where_big(both: Path) -> None:
    assert ranges.list_ranges(both, 1, lambda item: "data" in item)
