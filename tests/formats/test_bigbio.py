"""BigBio's schema: as others fill it, and what ours holds."""

import json
from collections import Counter

import pytest
from hypothesis import given

from newspan.errors import DocumentError
from newspan.formats import bigbio
from newspan.formats.bare import bare_article, bare_span
from newspan.schema.model import Document
from strategies import corpora

RECORD = {
    "id": "1", "document_id": "227_508",
    "passages": [
        {"id": "2", "type": "title", "text": ["Ana in Porto."], "offsets": [[0, 13]]},
        {"id": "3", "type": "abstract", "text": ["“Yes,” she said, “we do.”"],
         "offsets": [[14, 39]]},
    ],
    "entities": [
        {"id": "4", "type": "PERSON", "text": ["Ana"], "offsets": [[0, 3]],
         "normalized": [{"db_name": "Wikidata", "db_id": "Q5"}]},
        {"id": "5", "type": "quote", "text": ["“Yes,”", "“we do.”"],
         "offsets": [[14, 20], [31, 39]], "normalized": []},
        {"id": "6", "type": "location:city", "text": ["Porto"], "offsets": [[7, 12]],
         "normalized": [{"db_name": "newspan", "db_id": "loc-porto"}]},
    ],
    "events": [{"id": "7", "type": "Meet"}],
    "coreferences": [{"id": "8", "entity_ids": ["4", "6"]}],
    "relations": [{"id": "9", "type": "said_by", "arg1_id": "5", "arg2_id": "4",
                   "normalized": []}],
}  # fmt: skip


def decoded(*records, left_out=None):
    return list(bigbio.decode([json.dumps(r) for r in records], left_out))


def faults(record):
    with pytest.raises(DocumentError) as caught:
        decoded(record)
    return [f"{f.line}: {f.span_id}: {f.message}" for f in caught.value.faults]


def test_what_others_filled_in_is_read():
    left: Counter[str] = Counter()
    (found,) = decoded(RECORD, left_out=left)
    assert found.article.text == "Ana in Porto. “Yes,” she said, “we do.”"
    assert [(s.id, s.text) for s in found.spans] == [
        ("227-508/imported/actor-1", "Ana"), ("227-508/imported/location-1", "Porto"),
        ("227-508/imported/quote-1", "“Yes,” … “we do.”"),
    ]  # fmt: skip
    assert found.spans[1].entity == "loc-porto"
    assert [r.type for r in found.relations] == ["said_by"]
    assert left == Counter({"entities of other databases": 1, "events": 1, "coreferences": 1})


def test_keys_of_entities_are_normalized_and_corefer():
    text = "Ana met Ana in Porto."
    places = [("actor", (0, 3), "ana"), ("actor", (8, 11), "ana"), ("location", (15, 20), "porto")]
    spans = tuple(bare_span(layer, f"a1/p/x{n}", [place], text, {"entity": key})
                  for n, (layer, place, key) in enumerate(places))  # fmt: skip
    document = Document(article=bare_article("a1", text), spans=spans)
    record = json.loads(next(iter(bigbio.encode([document]))))
    assert [e["normalized"] for e in record["entities"]] == [
        [{"db_name": "newspan", "db_id": key}] for _, _, key in places
    ]
    assert record["coreferences"] == [{"id": "a1#ana", "entity_ids": ["a1/p/x0", "a1/p/x1"]}]
    assert list(bigbio.decode([json.dumps(record)])) == [document]


@given(corpora(bigbio.HOLDS))
def test_every_id_is_that_of_one_thing_in_the_file(found):
    ids = []
    for line in bigbio.encode(found):
        record = json.loads(line)
        assert list(record) == ["id", "document_id", "passages", "entities", "events",
                                "coreferences", "relations"]  # fmt: skip
        ids.append(record["id"])
        for name in ("passages", "entities", "coreferences", "relations"):
            ids += [item["id"] for item in record[name]]
        text = " ".join(" ".join(p["text"]) for p in record["passages"])
        for entity in record["entities"]:
            assert entity["text"] == [text[start:end] for start, end in entity["offsets"]]
    assert len(ids) == len(set(ids))


def test_words_that_are_not_there_are_a_fault():
    entity = {**RECORD["entities"][0], "offsets": [[1, 4]]}
    said = faults({**RECORD, "entities": [entity, *RECORD["entities"][1:]]})
    assert said[0] == "1: 4: its words are 'Ana' but the text has 'na ' at [1, 4)."


def test_passages_whose_offsets_are_others_are_a_fault():
    passages = [RECORD["passages"][0], {**RECORD["passages"][1], "offsets": [[13, 38]]}]
    assert (
        "passage '3' has offsets other than [14, 39]" in faults({**RECORD, "passages": passages})[0]
    )


def test_faults_name_the_line_and_the_entity():
    more = [
        {"id": "10", "type": "Chemical", "text": ["Ana"], "offsets": [[0, 3]]},
        {"id": "11", "type": "PER", "text": [], "offsets": []},
        {"id": "4", "type": "PER", "text": ["Ana"], "offsets": [[0, 3]]},
        {"id": "12", "type": "cue", "text": ["in"], "offsets": [[4, 6]],
         "normalized": [{"db_name": "newspan", "db_id": "x"}]},
        {"id": "13", "type": "PER", "text": ["Ana"], "offsets": [[0, 3]],
         "normalized": [{"db_name": "newspan", "db_id": "No Key"}]},
    ]  # fmt: skip
    arcs = [{"id": "20", "type": "treats", "arg1_id": "4", "arg2_id": "5"},
            {"id": "21", "type": "via", "arg1_id": "5", "arg2_id": "99"}]  # fmt: skip
    found = faults({**RECORD, "entities": RECORD["entities"] + more, "relations": arcs})
    wanted = {"10": "'Chemical'", "11": "fragments", "4": "two spans", "12": "entity",
              "13": "entity", "20": "'treats'", "21": "'99'"}  # fmt: skip
    for key, word in wanted.items():
        assert any(f.startswith(f"1: {key}: ") and word in f for f in found), (key, found)


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "{}", '{"id":1,"document_id":"a","passages":[]}', "[" * 100_000,
     '{"id":"a","document_id":"!","passages":[]}',
     '{"id":"a","document_id":"a","passages":[{"id":"p","type":"t","text":"\\udc00","offsets":[]}]}'],
)  # fmt: skip
def test_what_is_no_record_is_an_error_with_its_line(line):
    with pytest.raises(DocumentError) as caught:
        list(bigbio.decode(["\n", line]))
    assert caught.value.faults[0].line == 2


def test_two_annotations_of_an_article_are_refused():
    document = Document(article=bare_article("a1", "Ana"))
    with pytest.raises(DocumentError, match="two annotations"):
        list(bigbio.encode([document, document]))
