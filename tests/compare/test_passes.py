"""What is read as somebody's annotation, and what is refused."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.variants import document, figures, span
from newspan.annotations.compare import agree, score
from newspan.annotations.compare.comparison import AGREEMENT, SCORE
from newspan.annotations.compare.figures import Resampling
from newspan.annotations.compare.passes import merged, read_passes
from newspan.errors import DocumentError, NewspanError
from newspan.formats import write
from newspan.formats.files_io import read_folder
from newspan.formats.label_studio import encode
from newspan.formats.parquet_files import parquet_bytes
from newspan.schema.model import Article, Document
from newspan.text import fingerprint, paragraph_fingerprints
from trees import copy_tree

FAST = AGREEMENT._replace(resampling=Resampling(0))
TEXT = "Eight people were hurt, the ministry in Alder said on Friday."
HURT, MINISTRY, ALDER = (0, 12), (28, 36), (40, 45)


def with_text(article: Article, text: str) -> Article:
    return msgspec.structs.replace(
        article, text=text, text_sha256=fingerprint(text), n_chars=len(text),
        paragraph_sha256=paragraph_fingerprints(text),
    )  # fmt: skip


def doc(name: str, *places: tuple[int, int], by: str = "ana", **own: Any) -> Document:
    spans = [span(f"r{n}", "actor", p, annotator=by, **own) for n, p in enumerate(places)]
    made = document(spans, name=name)
    about = with_text(made.article, TEXT)
    words = (
        msgspec.structs.replace(s, text=" … ".join(TEXT[f.start : f.end] for f in s.fragments))
        for s in made.spans
    )
    return Document(article=about, spans=tuple(words))


def version(places: list[tuple[int, int]], who: int | str, **more: Any) -> dict[str, Any]:
    """An annotation as Label Studio has it: nothing of ours in it."""
    (task,) = encode([doc("a1", *places)])
    result = [{k: v for k, v in r.items() if k != "meta"} for r in task["annotations"][0]["result"]]
    user = {"email": who, "id": 1} if isinstance(who, str) else who
    return {"result": result, "completed_by": user, "was_cancelled": False, **more}


def task(*versions: dict[str, Any], name: str = "a1", **more: Any) -> dict[str, Any]:
    (bare,) = encode([doc(name)])
    return {**bare, "annotations": list(versions), **more}


def wrote(path: Path, *tasks: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(list(tasks)), encoding="utf-8")
    return path


def counted(report: Any) -> list[tuple[int, ...]]:
    """Spans of A, spans of B, exact pairs: of each comparison, over all blocks."""
    return [
        tuple(sum(r.counts[n] for b in c.blocks for r in b.spans) for n in range(3))
        for c in report.comparisons
    ]


@pytest.mark.parametrize(
    "saved",
    [
        lambda docs, folder: _wrote(docs, folder / "x.jsonl"),
        lambda docs, folder: _wrote(docs, folder / "x.json"),
        lambda docs, folder: _wrote(docs, folder / "x"),
        lambda docs, folder: _task_folder(docs, folder / "x"),
    ],
    ids=["jsonl", "label-studio", "parquet", "folder of tasks"],
)
def test_every_form_says_the_same(
    saved: Callable[[list[Document], Path], Path], tmp_path: Path
) -> None:
    a = [doc("a1", HURT, MINISTRY), doc("a2", HURT)]
    b = [doc("a1", HURT, ALDER, by="ben"), doc("a2", MINISTRY, by="ben")]
    paths = [saved(docs, tmp_path / side) for side, docs in (("a", a), ("b", b))]
    report = agree(*paths, FAST)
    assert counted(report) == [(3, 3, 1)]
    (found,) = report.comparisons
    assert (found.a.names, found.b.names, found.a.kinds) == (("ana",), ("ben",), {"human"})
    assert figures(found)["invented", "spans", "actor", "exact f1"] == pytest.approx(1 / 3)


def _wrote(docs: list[Document], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write(docs, path, None if path.suffix else "parquet")
    return path


def _task_folder(docs: list[Document], folder: Path) -> Path:
    folder.mkdir(parents=True)
    for one in docs:
        (made,) = encode([one])
        (folder / f"{one.article.id}.json").write_text(json.dumps(made), encoding="utf-8")
    (folder / ".state.json").write_text("{}", encoding="utf-8")
    return folder


def test_the_annotators_within_a_pass_are_compared_two_by_two(tmp_path: Path) -> None:
    folder = tmp_path / "passes" / "first"
    wrote(folder / "a1.json", task(version([HURT, ALDER], "ana@x"), version([HURT], "ben@x")))
    wrote(folder / "a2.json", task(version([HURT], "ben@x"), version([HURT], "cy@x"), name="a2"))
    report = agree(folder, asked=FAST)
    between = [(c.a.names, c.b.names, c.articles) for c in report.comparisons]
    assert between == [
        (("ana@x",), ("ben@x",), ["a1"]), (("ben@x",), ("cy@x",), ["a2"]),
    ]  # fmt: skip
    assert counted(report) == [(2, 1, 1), (1, 1, 1)]
    assert counted(agree(folder, asked=FAST, by=["cy@x", "ben@x"])) == [(1, 1, 1)]


def test_drafts_and_skipped_tasks_are_no_annotations_and_are_counted(tmp_path: Path) -> None:
    path = wrote(
        tmp_path / "x.json",
        task(
            version([HURT], 1), version([HURT], 2),
            version([ALDER], 3, was_cancelled=True), drafts=[version([ALDER], 4)],
        ),
    )  # fmt: skip
    report = agree(path, asked=FAST)
    assert counted(report) == [(1, 1, 1)]
    assert "x.json: 1 draft, 1 skipped task\n" in report.rendered()


def test_an_annotation_without_spans_counts_as_its_annotators(tmp_path: Path) -> None:
    path = wrote(tmp_path / "x.json", task(version([HURT], "ana@x"), version([], "ben@x")))
    assert counted(agree(path, asked=FAST)) == [(1, 0, 0)]


def test_predictions_are_taken_where_asked_for_or_alone(tmp_path: Path) -> None:
    guess = {**version([HURT, ALDER], 1), "model_version": "md-1"}
    both = wrote(tmp_path / "x.json", task(version([HURT], "ana@x"), predictions=[guess]))
    with pytest.raises(NewspanError, match="no article that two have annotated"):
        agree(both, asked=FAST)
    assert counted(agree(both, asked=FAST, by=["ana@x", "md-1"])) == [(1, 2, 1)]
    alone = wrote(tmp_path / "y.json", task(predictions=[guess]))
    gold = SCORE._replace(resampling=Resampling(0))
    assert counted(score(both, alone, gold)) == [(1, 2, 1)]
    assert counted(score(both, both, gold, predicted_by=["md-1"])) == [(1, 2, 1)]
    assert "1 prediction" in score(both, alone, gold).rendered()


def test_an_unknown_name_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = wrote(tmp_path / "x.json", task(version([HURT], "ana@x")))
    with pytest.raises(NewspanError, match=r"nobody is called 'anna'\. There are: ana-x, ana@x"):
        read_passes(path, chosen=["anna"])


def test_two_annotators_of_an_article_are_no_side(tmp_path: Path) -> None:
    path = wrote(tmp_path / "x.json", task(version([HURT], "ana@x"), version([HURT], "ben@x")))
    with pytest.raises(NewspanError, match=r"annotated more than once: by ana@x .*ben@x") as caught:
        merged(read_passes(path))
    assert caught.value.faults[0].article_id == "a1"


def test_one_annotator_has_one_annotation_of_an_article(tmp_path: Path) -> None:
    path = wrote(tmp_path / "x.json", task(version([HURT], "ana@x"), version([ALDER], "ana@x")))
    with pytest.raises(NewspanError, match="ana@x has annotated it twice"):
        read_passes(path)


def test_an_unfinished_region_is_refused_and_named(tmp_path: Path) -> None:
    made = version([HURT], "ana@x")
    made["result"] = [r for r in made["result"] if r["from_name"] != "actor_type"]
    path = wrote(tmp_path / "x.json", task(made))
    with pytest.raises(DocumentError) as caught:
        read_passes(path)
    assert "a1" in str(caught.value) and "r0" in str(caught.value)


def test_faulty_annotations_can_be_left_out_and_are_counted(tmp_path: Path) -> None:
    bad = version([HURT, ALDER], "ben@x")
    bad["result"] = [r for r in bad["result"] if r["from_name"] != "actor_type"]
    good = [version([HURT], who) for who in ("ana@x", "ben@x")]
    path = wrote(tmp_path / "x.json", task(version([HURT], "ana@x"), bad), task(*good, name="a2"))
    report = agree(path, asked=FAST, skip_faulty=True)
    assert [c.articles for c in report.comparisons] == [["a2"]]
    assert "x.json: 1 faulty annotation\n" in report.rendered()
    assert "1 article in A only; left out: a1" in report.rendered()
    found = score(path, path, SCORE, gold_by=["ana@x"], predicted_by=["ben@x"], skip_faulty=True)
    assert counted(found) == [(2, 1, 1)]


def test_other_texts_are_not_compared(tmp_path: Path) -> None:
    one = doc("a1", HURT)
    text = TEXT.replace("Eight", "Seven")
    about = with_text(one.article, text)
    spans = tuple(msgspec.structs.replace(s, text="Seven people") for s in one.spans)
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    write([one], paths[0])
    write([Document(article=about, spans=spans)], paths[1])
    with pytest.raises(DocumentError, match="was annotated on another text"):
        agree(*paths, FAST)


def test_what_the_other_lacks_is_missed_by_a_score_and_left_out_of_agreement(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    write([doc("a1", HURT), doc("a2", HURT)], paths[0])
    write([doc("a1", HURT, by="ben"), doc("a3", HURT, by="ben")], paths[1])
    assert counted(score(*paths, SCORE)) == [(2, 1, 1)]
    assert counted(score(*paths, SCORE._replace(count_missing=False))) == [(1, 1, 1)]
    report = agree(*paths, FAST)
    assert counted(report) == [(1, 1, 1)]
    assert "1 article in A only; left out: a2" in report.rendered()
    assert "1 article in B only; left out: a3" in report.rendered()


def test_nothing_in_common_is_an_error(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    write([doc("a1", HURT)], paths[0])
    write([doc("a2", HURT, by="ben")], paths[1])
    with pytest.raises(NewspanError, match="no article in common"):
        agree(*paths, FAST)


def test_tasks_of_a_checkout_find_their_articles_there(tmp_path: Path) -> None:
    """Stand-off tasks hold neither text nor metadata."""
    root = copy_tree(tmp_path / "tree")
    folder = root / "annotations" / "adjudicated"
    other = tmp_path / "elsewhere"
    other.mkdir()
    for path in folder.glob("*.json"):
        (other / path.name).write_bytes(path.read_bytes())
    report = agree(folder, other, FAST, root=root)
    (found,) = report.comparisons
    assert found.articles == sorted(p.stem for p in folder.glob("*.json"))
    assert set(found.origins) == {"invented", "retold", "press"}
    assert all(v in (None, pytest.approx(1)) for v in figures(found).values())


def test_a_task_of_an_unknown_article_is_told(tmp_path: Path) -> None:
    root = copy_tree(tmp_path / "tree")
    made = task(version([HURT], "ana@x"))
    del made["data"]["article"]
    with pytest.raises(DocumentError, match="has no metadata here"):
        read_passes(wrote(tmp_path / "x.json", made), root)


def test_tables_with_broken_ends_are_told(tmp_path: Path) -> None:
    write([doc("a1", HURT)], tmp_path / "x", "parquet")
    spans = read_folder(tmp_path / "x").spans
    broken = spans.set_column(
        spans.schema.get_field_index("layer"), spans.schema.field("layer"), [["actr"]]
    )
    (tmp_path / "x" / "spans" / "train.parquet").write_bytes(parquet_bytes(broken))
    with pytest.raises(DocumentError, match="unknown layers"):
        agree(tmp_path / "x", tmp_path / "x", FAST)


@pytest.mark.parametrize("form", ["x.jsonl", "x.json"])
def test_batches_are_put_together(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newspan.annotations.compare.gather._BATCH", 2)
    docs = [doc(f"a{n}", HURT, MINISTRY, ALDER) for n in range(5)]
    write(docs, tmp_path / form)
    (found,) = read_passes(tmp_path / form)
    assert found.tables.articles["id"].to_pylist() == [d.article.id for d in docs]
    assert found.tables.spans["id"].to_pylist() == [s.id for d in docs for s in d.spans]


def test_a_line_without_spans_is_the_only_annotators_or_nobodys(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    write([doc("a1", HURT), doc("a2")], paths[0])
    assert [p.names for p in read_passes(paths[0])] == [("ana",)]
    write([doc("a1", HURT), doc("a1")], paths[1])
    assert counted(agree(paths[1], asked=FAST)) == [(0, 1, 0)]


def test_a_batch_with_a_fault_is_read_again_and_counts_nothing_twice(tmp_path: Path) -> None:
    bad = task(version([HURT], "ana@x"), name="a2")
    bad["annotations"][0]["result"][0]["value"]["end"] = 10_000
    path = wrote(
        tmp_path / "x.json",
        task(version([HURT], "ana@x"), drafts=[version([ALDER], 4)]), bad,
    )  # fmt: skip
    with pytest.raises(DocumentError, match="article a2"):
        read_passes(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 70) | st.floats() | st.sampled_from(
        ["", "a1", "r0", "Actor", "labels", "\ud800", "\x00", "../x", "ana@x"]
    ),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(st.sampled_from(["id", "value", "start", "data"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


@given(st.data())
def test_hostile_tasks_are_faults_and_nothing_else(data: st.DataObject) -> None:
    made: Any = [task(version([HURT, ALDER], "ana@x"), predictions=[version([HURT], 1)])]
    for _ in range(data.draw(st.integers(1, 3))):
        made = changed(made, data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.json"
        path.write_text(json.dumps(made), encoding="utf-8")
        for skip in (False, True):
            with suppress(NewspanError):
                agree(path, path, FAST, skip_faulty=skip)


def changed(value: Any, data: st.DataObject) -> Any:
    """The value with one of its parts replaced by anything."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 5)):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: changed(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 5)):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], changed(value[place], data), *value[place + 1 :]]
    return data.draw(_JSON)
