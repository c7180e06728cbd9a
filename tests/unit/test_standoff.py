"""Words taken out of documents and tasks: all of the owner's, none of the annotator's."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.corpus.dehydrate import dehydrate_file, dehydrate_files
from newspan.corpus.hydrate import hydrate
from newspan.corpus.sources import read_article, with_text
from newspan.corpus.standoff import (
    dehydrate,
    dehydrate_task,
    hydrate_task,
    quotes,
    quoting_answers,
    record_json,
)
from newspan.errors import DocumentError
from newspan.files import read_json
from newspan.formats.label_studio import decode, encode, tasks_of
from newspan.schema.model import Article, Document

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "data"
CARRIED = {"sel": "wikinews_sel", "gum": "gum_original", "text": "seed"}

TEXT = (
    "Port Keel — The harbour was closed on Monday, Mayor Ana Duval said.\n\n"
    "“Twelve barges drifted into the lock before dawn and nobody was aboard,” she told reporters."
)
SENTENCE = "Twelve barges drifted into the lock before dawn and nobody was aboard"


def article(text: str = TEXT, **changes: Any) -> Article:
    meta = {
        "id": "press-0901", "title": "Twelve barges drift into lock", "language": "en",
        "published": "2031-03-04T00:00:00Z", "published_precision": "day",
        "author_kind": "human", "license": "LicenseRef-owner", "story": "port-keel",
        "origin": "press", "carrier": {"collection": "text", "record": "keel"},
    }  # fmt: skip
    return with_text(meta | changes, text)


def span(layer: str, words: str, region: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {
        "layer": layer, "id": f"press-0901/adjudicated/{region}", "start": start,
        "end": start + len(words), "fragments": [[start, start + len(words)]], "text": words,
        "annotator": "someone", "annotator_kind": "human", "status": "adjudicated", **more,
    }  # fmt: skip


def document() -> Document:
    actor = span("actor", "Ana Duval", "a1", type="person", title="Mayor", note="acting mayor")
    number = span("number", "Twelve", "n1", kind="count", value="12", note="Twelve barges drifted")
    quote = span("quote", f"“{SENTENCE},”", "q1", form="direct", speaker="named")
    said = {"type": "said_by", "head": quote["id"], "tail": actor["id"],
            "id": f"{quote['id']}.said_by.a1"}  # fmt: skip
    return msgspec.convert(
        {"article": msgspec.to_builtins(article()), "spans": [actor, quote, number],
         "relations": [said]},
        Document,
    )  # fmt: skip


def task() -> dict[str, Any]:
    (made,) = encode([document()])
    return made


def all_strings(node: Any) -> str:
    return json.dumps(node, ensure_ascii=False)


def test_a_document_loses_words_and_quoting_notes_only() -> None:
    bare = dehydrate(document())
    assert bare.article.text is None
    assert bare.article.title is None
    assert [s.text for s in bare.spans] == [None, None, None]
    assert [s.note for s in bare.spans] == ["acting mayor", None, None]
    assert dehydrate(bare) == bare


def test_a_record_holds_no_words() -> None:
    record = record_json(article())
    assert b"Keel" not in record
    assert b"Twelve" not in record
    assert msgspec.json.decode(record, type=Article).text_sha256 == article().text_sha256


def test_a_task_without_words_says_the_same() -> None:
    bare = dehydrate_task(task(), TEXT)
    record = msgspec.structs.replace(article(), text=None, title=None)
    (read,) = decode([bare], {record.id: record})
    assert read == msgspec.structs.replace(dehydrate(document()), article=record)
    for words in ("Ana Duval", "Twelve", "barges", "harbour"):
        assert words not in all_strings(bare)


def test_the_task_given_is_not_changed() -> None:
    given_task = task()
    before = copy.deepcopy(given_task)
    dehydrate_task(given_task, TEXT)
    assert given_task == before


def test_answers_stay_even_where_they_are_words_of_the_text() -> None:
    bare = dehydrate_task(task(), TEXT)
    answers = [r["value"]["text"] for r in bare["annotations"][0]["result"]
               if r["type"] == "textarea"]  # fmt: skip
    assert ["Mayor"] in answers


def test_an_answer_that_quotes_is_reported() -> None:
    made = task()
    assert list(quoting_answers(made, TEXT)) == []
    made["annotations"][0]["result"].append(
        {"id": "a1", "from_name": "actor_title", "type": "textarea", "value": {"text": [SENTENCE]}}
    )
    (fault,) = quoting_answers(made, TEXT)
    assert fault.article_id == "press-0901"
    assert fault.span_id == "a1"


@pytest.mark.parametrize(
    "hide",
    [
        lambda t: t["data"].update(title="Twelve barges drift into lock"),
        lambda t: t["data"]["article"].update(title=SENTENCE),
        lambda t: t["data"].update(url="https://example.org/Twelve_barges_drift_into_lock"),
        lambda t: t["data"].update(more={"body": [SENTENCE]}),
        lambda t: t.update(drafts=[{"result": t["annotations"][0]["result"]}]),
        lambda t: t["annotations"][0].update(drafts=[{"result": t["annotations"][0]["result"]}]),
        lambda t: t["annotations"][0].update(prediction={"result": t["annotations"][0]["result"]}),
        lambda t: t.update(comments=[{"text": f"see: {SENTENCE}"}]),
        lambda t: t.update(file_upload="1-twelve_barges_drift.json"),
        lambda t: t["annotations"][0]["result"][0].update(unknown={"deep": [SENTENCE]}),
        lambda t: t["annotations"][0]["result"][0]["value"].update(quote=SENTENCE),
        lambda t: t["annotations"][0]["result"][0].update(meta={"text": ["barges drifted into"]}),
        lambda t: t["annotations"][0]["result"][0].update(meta={"text": "barges drifted into"}),
    ],
)  # fmt: skip
def test_words_are_found_wherever_they_hide(hide: Any) -> None:
    made = task()
    hide(made)
    left = all_strings(dehydrate_task(made, TEXT)).casefold()
    assert "barges" not in left
    assert "twelve" not in left


def test_what_an_annotator_entered_stays() -> None:
    made = task()
    made["annotations"][0]["result"][0]["meta"] = {"text": ["no doubt here"], "sure": True}
    made["annotations"][0] |= {"lead_time": 3.5, "completed_by": {"email": "b@example.org"}}
    bare = dehydrate_task(made, TEXT)
    assert bare["annotations"][0]["result"][0]["meta"] == {"text": ["no doubt here"], "sure": True}
    assert bare["annotations"][0]["lead_time"] == 3.5
    assert bare["annotations"][0]["completed_by"] == {"email": "b@example.org"}


def test_hydrating_and_dehydrating_are_inverse() -> None:
    bare = dehydrate_task(task(), TEXT)
    whole = hydrate_task(bare, msgspec.structs.replace(article(), title=None))
    assert dehydrate_task(whole, TEXT) == bare
    (read,) = decode([whole])
    assert [s.text for s in read.spans] == ["Ana Duval", f"“{SENTENCE},”", "Twelve"]


WORDS = st.lists(
    st.sampled_from(["harbour", "Lock", "barges,", "a", "the—of", "dawn_and", "‘twelve’"])
)


@given(WORDS, WORDS, st.integers(1, 9))
def test_quoting_is_what_brute_force_says(note: list[str], text: list[str], run: int) -> None:
    def plain(words: list[str]) -> list[str]:
        joined = " ".join(words).casefold()
        return "".join(c if c.isalnum() else " " for c in joined).split()

    held, noted = plain(text), plain(note)
    grams = {tuple(held[i : i + run]) for i in range(len(held) - run + 1)}
    expected = any(tuple(noted[i : i + run]) in grams for i in range(len(noted) - run + 1))
    assert quotes(" ".join(note), " ".join(text), run) == expected


def test_a_file_is_dehydrated_and_what_went_is_named(tmp_path: Path) -> None:
    path = tmp_path / "press-0901.json"
    path.write_text(json.dumps(task()))
    record = msgspec.structs.replace(article(), text=None, title=None)
    data, notes = dehydrate_file(path, {record.id: record})
    assert b"barges" not in data
    assert [n.message for n in notes] == [
        "notes taken out because they share words with the text: 1."
    ]
    assert dehydrate_file(path, {})[0] != data  # an article that is not stand-off stays


def test_a_near_copy_in_the_folder_is_left_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "hydrated"
    folder.mkdir()
    (folder / "press-0901.json").write_text(json.dumps(task()))
    (folder / "press-0901.near.json").write_text(json.dumps(task()))
    record = tmp_path / "corpus" / "standoff" / "press" / "press-0901.json"
    record.parent.mkdir(parents=True)
    record.write_bytes(record_json(article()))
    report = dehydrate_files(tmp_path, folder, tmp_path / "back")
    assert [p.name for p in report.written] == ["press-0901.json"]
    assert "differs from the record; left" in str(report)


def test_a_task_on_another_text_does_not_go_back(tmp_path: Path) -> None:
    (other,) = encode([Document(article=article(TEXT + " More."))])
    path = tmp_path / "x.json"
    path.write_text(json.dumps([task(), other]))
    record = msgspec.structs.replace(article(), text=None, title=None)
    with pytest.raises(DocumentError, match="another text than the record"):
        dehydrate_file(path, {record.id: record})


def standoff_annotations() -> list[tuple[Path, Path]]:
    records = sorted((REPOSITORY / "corpus" / "standoff").glob("**/*.json"))
    folder = REPOSITORY / "annotations" / "adjudicated"
    return [(r, folder / r.name) for r in records if (folder / r.name).is_file()]


@pytest.mark.skipif(not DATA.is_dir(), reason="the owners' texts are not at hand")
@pytest.mark.parametrize("carrier", sorted(CARRIED))
def test_every_record_is_found_in_its_carrier(carrier: str, tmp_path: Path) -> None:
    report = hydrate(REPOSITORY, carrier, DATA / CARRIED[carrier], tmp_path / "out")
    assert report.ok, str(report)
    assert {o.status for o in report.outcomes} == {"exact"}


@pytest.mark.skipif(not DATA.is_dir(), reason="the owners' texts are not at hand")
@pytest.mark.parametrize("carrier", sorted(CARRIED))
def test_dehydrating_gives_the_annotation_files_back(carrier: str, tmp_path: Path) -> None:
    annotated = {a.name: a for _, a in standoff_annotations()}
    hydrate(REPOSITORY, carrier, DATA / CARRIED[carrier], tmp_path / "out")
    made = sorted((tmp_path / "out").glob("*.json"))
    if not made:
        pytest.skip("no stand-off article of this carrier is annotated yet")
    report = dehydrate_files(REPOSITORY, tmp_path / "out", tmp_path / "back")
    assert report.notes == ()
    for path in report.written:
        assert path.read_bytes() == annotated[path.name].read_bytes()


@pytest.mark.parametrize(
    ("record", "annotation"), standoff_annotations(), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_annotation_files_hold_no_words(record: Path, annotation: Path) -> None:
    known = read_article(record)
    for found in tasks_of(read_json(annotation), annotation):
        assert "text" not in found["data"]
        assert "title" not in found["data"]
        for read in decode([found], {known.id: known}, annotation):
            assert all(s.text is None for s in read.spans)
