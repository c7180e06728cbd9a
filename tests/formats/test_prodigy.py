"""Prodigy's JSON Lines: as its recipes save them, and as ours come back from it."""

import json
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.errors import DocumentError
from newspan.formats import prodigy
from newspan.formats.bare import bare_article, bare_span
from newspan.formats.prodigy_tokens import tokens_of
from newspan.schema.invariants import check
from newspan.schema.model import Document, Relation, relation_id
from strategies import documents_for, texts

TEXT = "“Yes,” said Ana Duval."
TOKENS = [
    {"text": t, "start": s, "end": s + len(t), "id": n, "ws": w}
    for n, (t, s, w) in enumerate(
        [("“", 0, False), ("Yes", 1, False), (",", 4, False), ("”", 5, True), ("said", 7, True),
         ("Ana", 12, True), ("Duval", 16, False), (".", 21, False)]
    )
]  # fmt: skip
QUOTE = {"start": 0, "end": 6, "token_start": 0, "token_end": 3, "label": "quote:direct"}
ANA = {"start": 12, "end": 21, "token_start": 5, "token_end": 6, "label": "PERSON"}
TASK = {
    "text": TEXT, "_input_hash": 1, "_task_hash": -2, "_view_id": "relations", "tokens": TOKENS,
    "spans": [{**QUOTE, "type": "span"}, {**ANA, "type": "span", "text": "Ana Duval"}],
    "relations": [{"head": 3, "child": 6, "label": "said_by", "color": "#fff",
                   "head_span": QUOTE, "child_span": ANA}],
    "answer": "accept", "_timestamp": 1,
}  # fmt: skip


def decoded(*tasks, left_out=None):
    return list(prodigy.decode([json.dumps(t) for t in tasks], left_out))


def faults(task):
    with pytest.raises(DocumentError) as caught:
        decoded(task)
    return [f"{f.line}: {f.span_id}: {f.message}" for f in caught.value.faults]


def test_a_saved_task_is_read():
    (found,) = decoded(TASK)
    assert [(s.id, s.text) for s in found.spans] == [
        ("line-1/imported/quote-1", "“Yes,”"), ("line-1/imported/actor-1", "Ana Duval"),
    ]  # fmt: skip
    assert [r.id for r in found.relations] == ["line-1/imported/quote-1.said_by.actor-1"]


@pytest.mark.parametrize("drop", ["head_span", "tokens"])
def test_relations_by_tokens_alone_are_read(drop):
    arc = {"head": 3, "child": 6, "label": "said_by"}
    spans = TASK["spans"]
    if drop == "head_span":  # tokens say where a span ends that does not say it
        spans = [{k: v for k, v in s.items() if k not in ("token_start", "token_end")}
                 for s in spans]  # fmt: skip
    task = {**TASK, "spans": spans, "relations": [arc]}
    if drop == "tokens":
        del task["tokens"]
    (found,) = decoded(task)
    assert len(found.relations) == 1


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_a_task_that_was_not_accepted_is_left_out_and_counted(answer):
    left: Counter[str] = Counter()
    found = decoded({**TASK, "answer": answer, "id": "x"}, {"text": "a", "id": "Y 1"},
                    left_out=left)  # fmt: skip
    assert [d.article.id for d in found] == ["y-1"]
    assert left == Counter({f"tasks with the answer {answer}": 1})


def test_an_article_is_named_after_meta():
    (found,) = decoded({"text": "a", "meta": {"id": 7, "source": "x"}})
    assert found.article.id == "7"


@pytest.fixture
def told():
    article = msgspec.structs.replace(bare_article("a1", TEXT), title="Talks")
    said = bare_span("quote", "a1/p/q", [(0, 6)], TEXT, {"form": "direct", "channel": "speech"})
    more = {"type": "person", "title": "Dr. h. c.", "note": "one\ntwo"}
    ana = bare_span("actor", "a1/p/a", [(12, 21)], TEXT, more)
    last = bare_span("actor", "a1/p/b", [(16, 21)], TEXT, {"type": "person"})
    arcs = [Relation(id=relation_id(said.id, "said_by", o.id), type="said_by", head=said.id,
                     tail=o.id) for o in (ana, last)]  # fmt: skip
    return check(Document(article=article, spans=(said, ana, last), relations=tuple(arcs)))


def test_relations_of_spans_that_end_together_stay_apart(told):
    assert list(prodigy.decode(prodigy.encode([told]))) == [told]


def test_what_was_changed_in_prodigy_wins(told):
    (line,) = prodigy.encode([told])
    task = json.loads(line)
    task["spans"][0]["label"] = "quote:mixed"
    task["spans"][1] |= {"end": 15, "token_end": 5}
    task["relations"] = task["relations"][1:]
    del task["spans"][2]["newspan"]
    (found,) = decoded(task)
    assert [(s.id, s.text) for s in found.spans] == [
        ("a1/p/q", "“Yes,”"), ("a1/p/a", "Ana"), ("a1/imported/actor-1", "Duval"),
    ]  # fmt: skip
    assert (found.spans[0].form, found.spans[0].channel) == ("mixed", "speech")
    assert [r.id for r in found.relations] == ["a1/p/q.said_by.actor-1"]
    assert found.article == told.article


def test_a_span_of_another_layer_keeps_its_id_and_not_its_attributes(told):
    task = json.loads(next(iter(prodigy.encode([told]))))
    task["spans"][1]["label"] = "location:city"
    task["relations"] = []
    (found,) = decoded(task)
    assert (found.spans[1].id, found.spans[1].kind, found.spans[1].note) == (
        "a1/p/a", "city", "one\ntwo",
    )  # fmt: skip


@given(texts(), st.data())
def test_tokens_and_their_spaces_are_the_text_where_only_spaces_part_them(text, data):
    cuts = data.draw(st.sets(st.integers(0, len(text))))
    tokens = tokens_of(text, cuts)
    assert "".join(t.text + " " * t.ws for t in tokens) == text
    assert all(text[t.start : t.end] == t.text for t in tokens)
    edges = {edge for t in tokens for edge in (t.start, t.end)}
    assert all(cut in edges for cut in cuts if text)
    assert [t.id for t in tokens] == list(range(len(tokens)))


def test_words_and_what_combines_with_them_are_one_token():
    words = [t.text for t in tokens_of("Cafe\u0301 au\u00a0lait, 👩🏽\u200d🚒!\n10km")]
    assert words == ["Cafe\u0301", "au", "\u00a0", "lait", ",", "👩🏽\u200d🚒", "!", "\n", "10km"]


@given(documents_for(prodigy.HOLDS))
def test_spans_lie_on_whole_tokens(document):
    (line,) = prodigy.encode([document])
    task = json.loads(line)
    for span in task["spans"]:
        assert task["tokens"][span["token_start"]]["start"] == span["start"]
        assert task["tokens"][span["token_end"]]["end"] == span["end"]
    assert "_input_hash" not in task
    assert "_task_hash" not in task


def test_faults_name_the_line_and_the_span():
    found = faults({**TASK, "spans": [
        {**QUOTE, "text": "Yes"}, {**ANA, "label": "SHIP"}, {"start": 0, "end": 3},
        {"start": -5, "end": 10**12, "label": "PER"},
    ], "relations": [{"head": 3, "child": 99, "label": "said_by"},
                     {"head": 3, "child": 6, "label": "likes"}]})  # fmt: skip
    for key, word in [("span 1", "'Yes'"), ("span 2", "'SHIP'"), ("span 3", "''"),
                      ("relation 1", "0 spans end at its token 99"),
                      ("relation 2", "'likes'")]:  # fmt: skip
        assert any(f.startswith(f"1: {key}: ") and word in f for f in found), (key, found)


def test_offsets_outside_the_text_are_a_fault():
    found = faults({"text": "abc", "spans": [{"start": -1, "end": 99, "label": "PER"}]})
    assert "span 1: Expected `int` >= 0" in found[0]
    found = faults({"text": "abc", "spans": [{"start": 0, "end": 99, "label": "PER"}]})
    assert "ends past the text" in found[0]
    assert (
        "span 1"
        in faults({"text": "abc", "spans": [{"start": 0, "end": 2**40, "label": "PER"}]})[0]
    )


@pytest.mark.parametrize(
    "said",
    [{"id": "../x"}, {"id": 5}, {"actor": 5}, {"actor": {"start": 5, "type": "group"}},
     {"fragments": [[0, 2]], "text": "x", "layer": "cue"}],
)  # fmt: skip
def test_keys_of_ours_that_claim_nonsense_are_not_believed(said):
    (found,) = decoded({"text": "abc", "spans": [{"start": 0, "end": 1, "label": "PER",
                                                  "newspan": said}]})  # fmt: skip
    assert [(s.id, s.text, s.type) for s in found.spans] == [
        ("line-1/imported/actor-1", "a", "person")
    ]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "{}", '{"text":"a","newspan":{"id":"../x"}}', '{"text":"a","newspan":{}}',
     '{"text":"a","spans":[{"start":"0","end":1}]}', "[" * 100_000, '{"text":"\\ud800"}',
     '{"text":"a","meta":{"id":' + "[" * 100_000, '{"text":"a","id":"' + "é" * 99 + '"}'],
)  # fmt: skip
def test_what_is_no_task_is_an_error_with_its_line(line):
    with pytest.raises(DocumentError) as caught:
        list(prodigy.decode(["\n", line]))
    assert caught.value.faults[0].line == 2


def test_a_text_changed_under_its_metadata_is_found(told):
    task = json.loads(next(iter(prodigy.encode([told]))))
    assert "n_chars is 22" in faults({**task, "text": TEXT + "!"})[0]
