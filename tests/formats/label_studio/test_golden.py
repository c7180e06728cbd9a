"""Exports as Label Studio writes them, made by hand: what each is read as.

A case is a folder: `export.json`, and `expected.json` with what it must come to. Faults
are [region, pattern of the message]; of what is kept aside, the keys are given.
"""

import json
import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from newspan.errors import DocumentError
from newspan.files import read_json
from newspan.formats.label_studio import decode, encode, read, tasks_of
from newspan.schema.model import region_of

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(p.name for p in GOLDEN.iterdir())


def given(case):
    path = GOLDEN / case / "export.json"
    expected = json.loads((GOLDEN / case / "expected.json").read_text(encoding="utf-8"))
    return tasks_of(read_json(path), path), expected["readings"]


def spans_of(document, common):
    """Spans as the expected file writes them: without what is as the model's default."""
    found = []
    for span in document.spans:
        record = msgspec.to_builtins(span)
        defaults = {f.name: f.default for f in msgspec.structs.fields(type(span))}
        kept = {
            k: v for k, v in record.items()
            if k not in ("id", "start", "end") and v != defaults.get(k) and v != common.get(k)
        }  # fmt: skip
        fragments = [list(f) for f in kept.pop("fragments")]
        assert (span.start, span.end) == (fragments[0][0], fragments[-1][1])
        found.append({"region": region_of(span.id), "fragments": fragments, **kept})
    return found


@pytest.mark.parametrize("case", CASES)
def test_an_export_is_read_as_expected(case):
    tasks, expected = given(case)
    readings = list(read(tasks))
    assert [r.state for r in readings] == [e["state"] for e in expected]
    for reading, wanted in zip(readings, expected, strict=True):
        assert (reading.document is not None) == wanted["document"]
        if reading.document is not None:
            common = {k: wanted[k] for k in ("annotator", "annotator_kind", "status")}
            assert spans_of(reading.document, common) == wanted["spans"]
            prefixes = {s.id.rpartition("/")[0] for s in reading.document.spans}
            assert prefixes <= {f"inv-0901/{wanted['pass']}"}
            assert [
                f"{region_of(r.head)} {r.type} {region_of(r.tail)}"
                for r in reading.document.relations
            ] == wanted["relations"]


@pytest.mark.parametrize("case", CASES)
def test_an_export_has_the_expected_faults_and_no_other(case):
    tasks, expected = given(case)
    for reading, wanted in zip(read(tasks), expected, strict=True):
        where = [(f.span_id or "").split("/", 2)[-1] for f in reading.faults]
        assert Counter(where) == Counter(region for region, _ in wanted["faults"])
        left = [
            (region, pattern)
            for region, pattern in wanted["faults"]
            if not any(
                r == region and re.search(pattern, f.message)
                for r, f in zip(where, reading.faults, strict=True)
            )
        ]
        assert not left, [str(f) for f in reading.faults]
        assert all(f.remedy for f in reading.faults)


@pytest.mark.parametrize("case", CASES)
def test_what_has_no_place_in_a_document_is_kept_aside(case):
    tasks, expected = given(case)
    for reading, wanted in zip(read(tasks), expected, strict=True):
        assert {k: sorted(v) for k, v in reading.aside.items()} == wanted["aside"]
        json.dumps(reading.aside)


@pytest.mark.parametrize("case", CASES)
def test_decode_raises_where_there_is_a_fault(case):
    tasks, expected = given(case)
    counted = [e for e in expected if e["state"] not in ("draft", "skipped")]
    if any(e["faults"] for e in counted):
        with pytest.raises(DocumentError):
            list(decode(tasks))
    else:
        assert len(list(decode(tasks))) == len(counted)


@pytest.mark.parametrize("case", CASES)
def test_what_is_whole_survives_another_round(case):
    tasks, _ = given(case)
    whole = [r.document for r in read(tasks) if r.document is not None]
    for document in whole:
        assert list(decode(encode([document]))) == [document]


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_about_invented_text_and_says_what_it_shows(case):
    assert json.loads((GOLDEN / case / "expected.json").read_text(encoding="utf-8"))["about"]


OTHER_EXPORTS = {
    "JSON_MIN": [{"id": 1, "text": "Ana", "span": [{"start": 0, "end": 3, "labels": ["Actor"]}]}],
    "a list of annotations": [{"id": 1, "result": []}],
    "a number": 5,
    "a list of numbers": [1, 2],
    "data that are no record": [{"data": []}],
    "null": None,
}


@pytest.mark.parametrize("case", OTHER_EXPORTS)
def test_other_exports_are_refused(case):
    with pytest.raises(DocumentError, match=r"item 1 is no Label Studio task\. Export .* JSON"):
        tasks_of(OTHER_EXPORTS[case])
    with pytest.raises(DocumentError, match="is no Label Studio task"):
        list(decode([OTHER_EXPORTS[case]]))


def test_one_task_alone_is_a_list_of_one():
    tasks, _ = given("emoji")
    assert tasks_of(tasks[0]) == tasks
