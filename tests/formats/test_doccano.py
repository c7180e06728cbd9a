"""doccano's JSON Lines: both forms that it has had, and its offsets."""

import json
from collections import Counter

import pytest
from hypothesis import given

from newspan.errors import DocumentError
from newspan.formats import doccano, format_of
from newspan.formats.bare import bare_article, bare_span
from newspan.schema.model import Document
from strategies import corpora


def decoded(*records, left_out=None):
    return list(doccano.decode([json.dumps(r) for r in records], left_out))


def faults(record):
    with pytest.raises(DocumentError) as caught:
        decoded(record)
    return [f"{f.line}: {f.span_id}: {f.message}" for f in caught.value.faults]


def test_an_export_with_relations_is_read():
    left: Counter[str] = Counter()
    (found,) = decoded(
        {
            "id": 2547, "text": "“Yes,” said Ana Duval.", "Comments": ["hm"], "project": "x",
            "entities": [
                {"id": 9, "label": "PERSON", "start_offset": 12, "end_offset": 21},
                {"id": 4, "label": "quote:direct", "start_offset": 0, "end_offset": 6},
            ],
            "relations": [{"id": 0, "from_id": 4, "to_id": 9, "type": "said_by"}],
        },
        left_out=left,
    )  # fmt: skip
    assert found.article.id == "2547"
    assert [(s.id, s.text) for s in found.spans] == [
        ("2547/imported/quote-1", "“Yes,”"), ("2547/imported/actor-1", "Ana Duval"),
    ]  # fmt: skip
    assert [r.id for r in found.relations] == ["2547/imported/quote-1.said_by.actor-1"]
    assert left == Counter(comments=1)


@pytest.mark.parametrize(("text", "labels"), [("text", "label"), ("data", "labels")])
def test_the_older_form_is_read(text, labels):
    (found,) = decoded({text: "Ana met Bo", labels: [[8, 10, "PER"], [0, 3, "PER"]]})
    assert found.article.id == "line-1"
    assert [s.text for s in found.spans] == ["Ana", "Bo"]


def test_offsets_are_utf_16_as_its_page_counts_them():
    text = "👨🏻\u200d🚒 firemen drive firetrucks"
    label = {"label": "counted", "start_offset": 22, "end_offset": 32}
    (found,) = decoded({"text": text, "entities": [label]})
    assert (found.spans[0].start, found.spans[0].text) == (19, "firetrucks")


@given(corpora(doccano.HOLDS))
def test_offsets_in_the_file_are_those_of_the_text_in_utf_16(found):
    for line, document in zip(doccano.encode(found), found, strict=True):
        record = json.loads(line)
        units = record["text"].encode("utf-16-le")
        words = sorted(s.text for s in document.spans)
        assert words == sorted(
            units[2 * e["start_offset"] : 2 * e["end_offset"]].decode("utf-16-le")
            for e in record["entities"]
        )


@given(corpora(doccano.HOLDS))
def test_ids_are_those_of_one_thing_in_a_file(found):
    records = [json.loads(line) for line in doccano.encode(found)]
    for name in ("entities", "relations"):
        ids = [item["id"] for record in records for item in record[name]]
        assert ids == list(range(1, len(ids) + 1))


def test_more_than_ten_spans_of_a_layer_keep_their_numbers():
    text = " ".join("abcdefghijklm")
    spans = [bare_span("cue", f"a/imported/cue-{n + 1}", [(2 * n, 2 * n + 1)], text)
             for n in range(13)]  # fmt: skip
    document = Document(article=bare_article("a", text), spans=tuple(spans))
    assert list(doccano.decode(doccano.encode([document]))) == [document]


def test_faults_name_the_line_and_the_entity():
    text = "a 🔥 b"
    found = faults({"text": text, "entities": [
        {"id": 1, "label": "PER", "start_offset": 2, "end_offset": 3},
        {"id": 2, "label": "SHIP", "start_offset": 0, "end_offset": 1},
        {"id": 3, "label": "cue:loud", "start_offset": 0, "end_offset": 1},
        {"id": 4, "label": "actor:ship", "start_offset": 0, "end_offset": 1},
        {"id": 5, "label": "PER", "start_offset": 0, "end_offset": 2},
        {"id": 6, "label": "PER", "start_offset": 0, "end_offset": 10**30},
    ], "relations": [{"from_id": 1, "to_id": 4, "type": "said_by"},
                     {"from_id": 5, "to_id": 77, "type": "via"},
                     {"from_id": 5, "to_id": 5, "type": "likes"}]})  # fmt: skip
    for key, word in [("1", "inside a character"), ("2", "'SHIP'"), ("3", "'cue:loud'"),
                      ("4", "'ship'"), ("6", "outside the text"), ("relation 2", "'77'"),
                      ("relation 3", "'likes'")]:  # fmt: skip
        assert any(f.startswith(f"1: {key}: ") and word in f for f in found), (key, found)
    assert not any("relation 1" in f for f in found)


def test_white_space_at_an_edge_is_a_fault():
    assert "white space" in faults({"text": "a b", "label": [[0, 2, "PER"]]})[0]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '"x"', "{}", '{"text": 5}', '{"text":"a","label":["positive"]}', "[" * 100_000,
     '{"text":"a","entities":[{"label":"PER","start_offset":0.5,"end_offset":1}]}',
     '{"text":"a","label":[[true,1,"PER"]]}', '{"text":"\\ud800"}', b"\xff", '{"id":"!","text":""}',
     '{"text":"a","label":[[0,' + "9" * 6000 + ',"PER"]]}'],
)  # fmt: skip
def test_what_is_no_example_is_an_error_with_its_line(line):
    with pytest.raises(DocumentError) as caught:
        list(doccano.decode(["\n", line]))
    assert caught.value.faults[0].line == 2


def test_two_examples_with_one_id_and_two_texts_are_refused():
    with pytest.raises(DocumentError, match="the id 1 is that of '1' already"):
        decoded({"id": 1, "text": "a"}, {"id": 1, "text": "b"})
    assert len(decoded({"id": 1, "text": "a"}, {"id": 1, "text": "a"})) == 2


def test_the_longest_ending_decides(tmp_path):
    assert format_of(tmp_path / "x.doccano.jsonl") == "doccano"
    assert format_of(tmp_path / "x.jsonl") == "jsonl"
    assert format_of(tmp_path / "doccano.jsonl") == "jsonl"
