"""What is no folder of tables is checked too: JSON Lines and exports of Label Studio."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.errors import NewspanError
from newspan.formats import read, write
from newspan.validation import RENDERERS, Report, validate
from newspan.validation.held import expected_rows, refuse_lost_rows
from newspan.validation.inapplicable import FILES, METADATA, NAMING, PRIVATE, SOURCES, UNFILED
from newspan.validation.inputs import read_input
from newspan.validation.suites import load_suites
from newspan.validation.views import build_views

Json = dict[str, Any]

TEXT = "Ana Duval said on Monday that nine boats were lost at Dunmarrow."
GOLDEN = Path(__file__).parents[1] / "formats" / "label_studio" / "golden"


def region(name: str, words: str, label: str, **answers: str) -> list[Json]:
    """The results of a region that stands where the words do; answers by control."""
    start = TEXT.index(words)
    place = {"start": start, "end": start + len(words)}
    own = {"id": name, "to_name": "text"}
    made: list[Json] = [
        {**own, "type": "labels", "from_name": "span", "value": {**place, "labels": [label]}}
    ]
    for control, answer in answers.items():
        typed = control in ("number_value", "number_unit", "actor_entity", "number_figure")
        kind, key = ("textarea", "text") if typed else ("choices", "choices")
        made.append({**own, "type": kind, "from_name": control, "value": {key: [answer]}})
    return made


ACTOR = region("a", "Ana Duval", "Actor", actor_type="person")
NUMBER = region("n", "nine", "Number", number_kind="count", number_modifier="exact",
                number_value="9", number_counted_class="vessel")  # fmt: skip
PLACE = region("l", "Dunmarrow", "Location", location_kind="city")


def task(*results: Json, number: int = 7, by: int = 3, text: str = TEXT, **data: Any) -> Json:
    """A task of a project of somebody's own: a text and nothing about it."""
    made = {"id": number, "data": {"text": text, **data}, "annotations": []}
    made["annotations"].append({"completed_by": by, "result": list(results)})
    return made


def export(folder: Path, *tasks: Any) -> Path:
    path = folder / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def problems(path: Path) -> list[Json]:
    rows = read_input(path).gate.readings.to_pylist()
    return [row for row in rows if row["problem"] is not None]


def skipped(report: Report) -> dict[str, str]:
    return {check.code: reason for check, reason in report.skipped}


def of_code(report: Report, code: str) -> list[Any]:
    return next((list(o.rows) for o in report.outcomes if o.check.code == code), [])


# Label Studio exports


def test_the_clean_corpus_is_clean_in_every_form(
    clean: Path, tmp_path: Path, sparing: None
) -> None:
    documents = list(read(clean))
    for name in ("export.json", "documents.jsonl"):
        write(documents, tmp_path / name)
        report = validate(tmp_path / name)
        assert report.codes == validate(clean).codes
        assert (report.path, report.exit_code()) == (tmp_path / name, 0)
        assert report.rows is not None and report.rows["articles"] == len(documents)
        assert of_code(report, "F11") == []


@pytest.mark.parametrize(
    ("case", "region", "said"),
    [
        ("end-of-text", None, None),
        ("offsets", "g", "ends past the text, which has 16 characters"),
        ("labels", "c", "has the unknown label 'Person'"),
        ("unfinished", "a", "the actor has no type. Fill in the form."),
        ("text-changed", None, "data.text is not the text of text_sha256"),
        ("crlf", None, "data.text is not normalised"),
        ("crossing", "q2", "crosses quote [0, 7)"),
        ("relation-nowhere", "gone", "a relation ends at no region"),
        ("same-id", "a", "two regions have this id"),
        ("predictions", "b", "<= 1.0"),
    ],
)
def test_every_fault_of_an_export_is_a_row(case: str, region: str | None, said: str | None) -> None:
    found = problems(GOLDEN / case / "export.json")
    if said is None:
        assert found == []
        return
    row = next(row for row in found if said in row["problem"])
    assert (row["article_id"], row["region"], row["path"]) == ("inv-0901", region, "export.json")


def test_faults_are_findings_and_the_rest_is_checked(tmp_path: Path, sparing: None) -> None:
    late = json.loads(json.dumps(ACTOR).replace('"a"', '"late"'))
    late[0]["value"] |= {"start": 60, "end": 90}
    report = validate(
        export(
            tmp_path,
            task(*ACTOR, *late, *region("b", "Ana", "Person"), *region("q", "nine boats", "Quote")),
            task(*NUMBER[:-2], number=8, text=TEXT + " Twice."),
        )
    )
    assert {"F11", "S30", "S38"} <= report.codes
    found = {row["region"]: row for row in of_code(report, "F11")}
    assert {name: row["id"] for name, row in found.items()} == {
        "late": "task-7/user-3/late", "b": "task-7/user-3/b", "q": "task-7/user-3/q"
    }  # fmt: skip
    assert "ends past the text" in found["late"]["problem"]
    assert "unknown label 'Person'" in found["b"]["problem"]
    assert "the quote has no form, speaker" in found["q"]["problem"]
    assert (found["q"]["start"], found["q"]["text"]) == (30, "nine boats")
    assert [row["id"] for row in of_code(report, "S30")] == ["task-8/user-3/n"]
    assert report.exit_code() == 1
    (first, *_) = RENDERERS["github"](report).splitlines()
    assert first.startswith(f"::error file={tmp_path}/export.json,title=F11 critical::")


def test_a_project_of_ones_own_is_checked_without_metadata(tmp_path: Path, sparing: None) -> None:
    path = export(tmp_path, task(*ACTOR, *NUMBER, *PLACE))
    article = read_input(path).gate.tables["articles"].to_pylist()[0]
    assert (article["id"], article["origin"], article["language"]) == ("task-7", "press", "en")
    report = validate(path)
    assert report.codes == set()
    reasons = skipped(report)
    assert reasons["A11"] == "1 articles came with a text and no metadata"
    assert reasons["E12"] == "there is no table of entities"
    assert reasons["S26"] == "no entity is named anywhere"
    assert reasons["A13"] == "an export for annotation holds the texts it is about"
    assert "S14" not in reasons and "A08" not in reasons


def test_a_text_that_is_not_normalised_is_a_finding_and_its_spans_are_checked(
    tmp_path: Path, sparing: None
) -> None:
    path = export(tmp_path, task(*NUMBER[:-1], *PLACE, text=TEXT + "  \r\n"))
    assert problems(path) == []
    assert {"A08", "S38"} <= validate(path).codes


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t["data"].update(text="Nine\0boats"), "data.text: control character U+0000"),
        (lambda t: t["data"].update(text=""), "data.text: there is none"),
        (lambda t: t["data"].pop("text"), "data.text: there is none"),
        (lambda t: t["data"].update(text_sha256="0" * 64), "annotated on another text"),
        (lambda t: t["data"].update(article={"id": "x"}, article_id="x"), "missing required field"),
        (lambda t: t["data"].update(text=None, article_id="x"), "has no metadata here"),
        (lambda t: t.update(data=[]), "item 1 is no Label Studio task"),
        (lambda t: t["annotations"].append("x"), "has no list of results"),
    ],
)
def test_what_is_wrong_with_a_task_does_not_hide_the_others(
    tmp_path: Path, change: Callable[[Json], Any], said: str
) -> None:
    broken = task(*ACTOR)
    change(broken)
    path = export(tmp_path, broken, task(*ACTOR, number=8))
    assert any(said in row["problem"] for row in problems(path))
    assert "task-8" in read_input(path).gate.tables["articles"]["id"].to_pylist()


@pytest.mark.parametrize(
    ("stated", "name"),
    [("inv-0001", "inv-0001"), ("../../etc", "task-7"), ("a" * 65, "task-7"), (5, "task-7")],
)
def test_the_id_of_an_article_is_a_key(tmp_path: Path, stated: Any, name: str) -> None:
    found = read_input(export(tmp_path, task(*ACTOR, article_id=stated)))
    assert found.gate.tables["articles"]["id"].to_pylist() == [name]


def test_two_annotators_of_one_text_are_not_compared(tmp_path: Path, sparing: None) -> None:
    both = task(*ACTOR, *NUMBER)
    other = region("x", "Ana Duval said", "Actor", actor_type="person")
    # Crosses the number that the first annotator has marked, and has the same actor again.
    longer = region("y", "that nine", "Number", number_kind="count", number_modifier="exact",
                    number_value="9", number_counted_class="vessel")  # fmt: skip
    both["annotations"].append({"completed_by": 4, "result": [*longer, *ACTOR, *other]})
    path = export(tmp_path, both)
    assert read_input(path).gate.tables["articles"].num_rows == 1
    assert not validate(path).codes & {"A01", "F11", "S01", "S18", "S21", "S25"}


def test_one_annotation_given_twice_is_one_finding(sparing: None) -> None:
    report = validate(GOLDEN / "annotated-twice" / "export.json")
    assert report.codes & {"F11", "S01", "S21", "A01"} == {"F11"}


def test_sources_that_are_not_there_are_not_missed(
    clean: Path, tmp_path: Path, sparing: None
) -> None:
    retold = [d for d in read(clean) if d.article.based_on]
    assert retold
    write(retold, tmp_path / "export.json")
    report = validate(tmp_path / "export.json")
    assert set(SOURCES) <= skipped(report).keys()
    assert not report.codes & set(SOURCES)


# JSON Lines


def test_a_folder_of_json_lines_is_one_corpus(clean: Path, tmp_path: Path, sparing: None) -> None:
    documents = list(read(clean))
    write(documents[:2], tmp_path / "one.jsonl")
    write(documents[2:], tmp_path / "two.jsonl")
    (tmp_path / "notes.txt").write_text("no documents")
    report = validate(tmp_path)
    assert report.codes == validate(clean).codes
    assert report.rows is not None and report.rows["articles"] == len(documents)


def test_passes_of_one_article_are_not_two_articles(
    clean: Path, tmp_path: Path, sparing: None
) -> None:
    whole = json.loads(_line(clean))
    other = json.loads(json.dumps(whole).replace("/adjudicated/", "/ana/"))
    empty = whole | {"spans": [], "relations": []}
    path = tmp_path / "passes.jsonl"

    def tripped(*documents: Any) -> frozenset[str]:
        path.write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
        return validate(path).codes

    alone = tripped(whole)
    assert tripped(whole, other, empty) == alone
    assert read_input(path).gate.tables["articles"].num_rows == 1
    renamed = other | {"article": whole["article"] | {"story": "another-story"}}
    for again in ([whole, whole], [whole, empty, empty], [whole, renamed]):
        assert "A01" in tripped(*again)


def test_lines_that_are_no_documents_are_findings(clean: Path, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    write(read(clean), path)
    lines = path.read_bytes().splitlines(keepends=True)
    record = json.loads(lines[1])
    record["spans"][0]["colour"] = "red"
    surrogate = json.loads(lines[2])
    surrogate["article"]["publisher"] = "\ud800"
    lines[1:3] = [json.dumps(r).encode() + b"\n" for r in (record, surrogate)]
    path.write_bytes(b"\xef\xbb\xbf" + lines[0] + b"\n" + b"".join(lines[1:]) + b'{"article"\n[]\n')
    found = problems(path)
    assert [(row["line"], row["path"]) for row in found] == [
        (n, "documents.jsonl") for n in (3, 4, 7, 8)
    ]
    assert "unknown field `colour`" in found[0]["problem"]
    assert len(read_input(path).gate.tables["articles"]) == 3


def test_a_document_that_breaks_a_rule_is_checked_all_the_same(
    clean: Path, tmp_path: Path, sparing: None
) -> None:
    document = json.loads(_line(clean))
    document["spans"][0]["text"] = "other words"
    path = tmp_path / "one.jsonl"
    path.write_text("\n" + json.dumps(document), encoding="utf-8")
    report = validate(path)
    assert "S14" in report.codes
    assert problems(path) == []
    assert f"::error file={path},line=2,title=S14 critical::" in RENDERERS["github"](report)
    report = validate(tmp_path)
    assert f"::error file={tmp_path},title=S14 critical::" in RENDERERS["github"](report)


def _line(folder: Path) -> str:
    path = folder.parent / "line.jsonl"
    write([next(iter(read(folder)))], path)
    return path.read_text(encoding="utf-8")


def test_entities_beside_the_documents_are_used(clean: Path, tmp_path: Path, sparing: None) -> None:
    write(read(clean), tmp_path / "documents.jsonl")
    (tmp_path / "entities.yaml").write_text(
        "ana-duval: {kind: actor, type: person, name: Ana Duval}\n", encoding="utf-8"
    )
    report = validate(tmp_path)
    assert "E12" in report.codes  # all other keys are unknown now
    assert not {c for c in skipped(report) if c.startswith("E")} - {"E19"}
    (tmp_path / "entities.yaml").write_text("ana-duval: {kind: robot}\n", encoding="utf-8")
    with pytest.raises(NewspanError, match=r"entities\.yaml.*ana-duval"):
        validate(tmp_path / "documents.jsonl")


# What cannot be checked


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("export.json", "[", "is not JSON"),
        ("export.json", '[{"id": 1, "data": {"text": "a"}, "annotations": [', "is not JSON"),
        ("export.json", "[]", "holds no annotation"),
        ("export.json", '{"name": "a package"}', "item 1 is no Label Studio task"),
        ("export.json", '[{"id": 1, "data": {"text": "a"}}]', "holds no annotation"),
        ("export.json", "version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
        ("some.jsonl", "", "holds no documents"),
        ("some.jsonl", "version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
        ("train.parquet", "PAR1", "is nothing that can be checked"),
        ("report.txt", "words", "is nothing that can be checked"),
    ],
)
def test_what_cannot_be_checked_is_refused(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NewspanError, match=said) as error:
        validate(path)
    assert name in str(error.value)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match="is not there"):
        validate(tmp_path / "export.json")
    with pytest.raises(NewspanError, match="holds no corpus"):
        validate(tmp_path)


def test_the_checks_that_may_not_apply_are_there() -> None:
    checks = [check for suite in load_suites() for check in suite.checks]
    codes = {check.code for check in checks}
    assert {*UNFILED, *PRIVATE, *METADATA, *SOURCES, *NAMING} <= codes
    assert set(FILES) <= {check.view for check in checks}


junk = st.sampled_from(
    [None, True, -1, 0.5, 2**70, "", "x", "\ud800", "\0", [], {}, [[]], {"id": 1}, "a" * 300]
)


@given(st.data())
def test_whatever_stands_in_an_export_the_views_can_be_made(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    tasks: list[Any] = [task(*ACTOR, *NUMBER, article_id="x"), task(*PLACE, number=8)]
    for _ in range(data.draw(st.integers(1, 3))):
        holder: Any = tasks
        while True:
            keys = sorted(holder) if isinstance(holder, dict) else range(len(holder))
            key = data.draw(st.sampled_from(list(keys)))
            if (
                not isinstance(holder[key], dict | list)
                or not holder[key]
                or data.draw(st.booleans())
            ):
                holder[key] = data.draw(junk)
                break
            holder = holder[key]
    path = export(tmp_path_factory.mktemp("fuzz"), *tasks)
    try:
        found = read_input(path)
    except NewspanError:
        return
    expected = expected_rows(found.gate.tables)
    views = build_views(found.gate)
    refuse_lost_rows(expected, views.rows)
    views.connection.close()
