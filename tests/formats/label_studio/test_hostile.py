"""Whatever stands in an export, there are faults, never a traceback, and no false document."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.errors import DocumentError
from newspan.files import read_json
from newspan.formats.label_studio import encode, read, tasks_of
from newspan.schema.invariants import check
from newspan.schema.labelling import controls, label_of
from newspan.schema.model import LAYERS, RELATIONS
from newspan.text import fingerprint, paragraph_fingerprints
from strategies import documents

TEXT = "“We shall,” she said, “see it in May,” and left. 🔥 He stayed."
METADATA = {
    "id": "inv-0901", "text_sha256": fingerprint(TEXT),
    "paragraph_sha256": list(paragraph_fingerprints(TEXT)), "n_chars": len(TEXT),
    "normalization": "newspan-1", "language": "en", "published": "2024-05-01T06:30:00Z",
    "published_precision": "minute", "author_kind": "model", "license": "CC-BY-4.0",
    "story": "torvel-dam", "origin": "invented",
}  # fmt: skip
DATA = {"article_id": "inv-0901", "text": TEXT, "title": "A title", "article": METADATA}

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["a", "b", "\ud800", "\0", "__proto__", 2**63, 10**30, -1, 0, float("nan")])
)  # fmt: skip
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def record(**fields):
    """A record whose fields are mostly right, sometimes anything, sometimes not there."""
    return st.fixed_dictionaries(
        {}, optional={k: v | v | v | v | anything for k, v in fields.items()}
    )


regions = st.sampled_from(["a", "b", "c", 7, "7"])
offsets = st.integers(-2, len(TEXT) + 2)
labels = st.lists(st.sampled_from([label_of(x) for x in LAYERS]), max_size=2, min_size=1)
meta = record(text=st.lists(st.text(max_size=3)), newspan=record(annotator=st.just("ben")))
answers = st.sampled_from(["person", "count", "city", "direct", "named", "yes", "12", "ana-duval"])
results = st.one_of(
    record(
        id=regions, from_name=st.just("span"), to_name=st.just("text"), type=st.just("labels"),
        value=record(start=offsets, end=offsets, labels=labels), meta=meta, score=st.floats(0, 1),
    ),
    record(
        id=regions, from_name=st.sampled_from(list(controls())), to_name=st.just("text"),
        type=st.sampled_from(["choices", "textarea", "number"]),
        value=record(choices=st.lists(answers, max_size=2), text=st.lists(answers, max_size=2)),
        meta=meta,
    ),
    record(
        type=st.just("relation"), from_id=regions, to_id=regions,
        direction=st.sampled_from(["right", "left", "bi"]),
        labels=st.lists(st.sampled_from([*RELATIONS, "continues"]), max_size=2),
    ),
    anything,
)  # fmt: skip
versions = record(
    result=st.lists(results, max_size=12), completed_by=st.integers() | record(email=st.text()),
    was_cancelled=st.booleans(), newspan=record(**{"pass": st.just("p"), "annotator": st.text()}),
    model_version=st.text(), user=st.text(),
)  # fmt: skip
tasks = record(
    data=st.just(DATA), annotations=st.lists(versions, max_size=2),
    predictions=st.lists(versions, max_size=1), drafts=st.lists(versions, max_size=1),
)  # fmt: skip


def judge(found):
    for reading in read(found):
        assert reading.document is not None or reading.faults
        if reading.document is not None:
            check(reading.document)


@given(st.lists(tasks, max_size=2))
def test_broken_tasks_give_faults(found):
    judge(found)


@given(st.lists(results, max_size=15))
def test_broken_results_give_faults_and_only_whole_documents(found):
    judge([{"data": DATA, "annotations": [{"result": found}]}])


@given(st.lists(results, max_size=15))
def test_nothing_but_order_decides_what_is_read(found):
    task = {"data": DATA, "annotations": [{"result": found}]}
    first, second = list(read([task])), list(read([task]))
    assert repr(first) == repr(second)


@given(anything)
def test_any_value_is_tasks_or_a_fault(value):
    try:
        found = tasks_of(value)
    except DocumentError:
        found = [value]
    judge(found)


@given(record(**{k: st.just(v) for k, v in DATA.items()}, text_sha256=st.just("0" * 64)))
def test_broken_data_give_faults(data):
    judge([{"data": data, "annotations": [{"result": []}]}])


@given(record(**{k: st.just(v) for k, v in METADATA.items()}))
def test_broken_metadata_give_faults(article):
    judge([{"data": {**DATA, "article": article}, "annotations": [{"result": []}]}])


@given(documents(max_spans=5), st.data())
def test_a_file_cut_off_or_changed_anywhere_gives_a_fault_or_documents(
    tmp_path_factory, found, data
):
    import msgspec

    path = tmp_path_factory.getbasetemp() / "broken.json"
    whole = msgspec.json.encode(list(encode([found])))
    at = data.draw(st.integers(0, len(whole) - 1))
    path.write_bytes(whole[:at] + data.draw(st.binary(max_size=2)) + whole[at + 1 :])
    try:
        judge(tasks_of(read_json(path), path))
    except DocumentError as error:
        assert error.faults[0].path == path


def test_a_lone_surrogate_is_a_fault():
    for data in ({**DATA, "text": "a\ud800"}, {**DATA, "title": "\ud800"}):
        (reading,) = read([{"data": data, "annotations": []}])
        assert "surrogate" in reading.faults[0].message
    result = {"id": "a", "type": "labels", "meta": {"text": "\ud800"}, "value": {}}
    (reading,) = read([{"data": DATA, "annotations": [{"result": [result]}]}])
    assert "surrogate" in reading.faults[0].message


def test_a_deep_record_is_a_fault():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    for task in ({"data": {**DATA, "title": deep}}, {"data": DATA, "annotations": [deep]}):
        (reading,) = read([task])
        assert reading.faults
    while deep:
        deep = deep.pop()


def test_thousands_of_links_are_folded_in_good_order():
    cues = [
        {"id": f"c{n}", "type": "labels", "value": {"start": 0, "end": 11, "labels": ["Cue"]}}
        for n in range(5000)
    ]
    links = [
        {"type": "relation", "from_id": f"c{n}", "to_id": f"c{n + 1}", "labels": ["continues"]}
        for n in reversed(range(4999))
    ]
    (reading,) = read([{"data": DATA, "annotations": [{"result": cues + links}]}])
    assert reading.document.spans == ()
    assert "touch" in str(reading.faults[0])


@pytest.mark.parametrize("path", [None, Path("export.json")])
def test_faults_name_the_file(path):
    (reading,) = read([{"data": {}}], path=path)
    assert reading.faults[0].path == path
