"""spaCy's DocBin: what spaCy sees, what is changed there and read back, and files of others."""

from __future__ import annotations

import contextlib
import gc
import sys
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin, Span

import newspan
from newspan.errors import DocumentError, MissingExtra, NewspanError
from newspan.formats.bare import bare_article, bare_span
from newspan.formats.docbin import decode, encode
from newspan.formats.docbin.packed import unpacked
from newspan.formats.named import Named
from newspan.schema.model import Document, Relation, relation_id
from strategies import articles, documents

NLP = spacy.blank("en")


def docs_of(found: list[Document]) -> list[Doc]:
    (data,) = encode(found)
    return list(DocBin().from_bytes(data).get_docs(NLP.vocab))


def bytes_of(docs: list[Doc], store_user_data: bool = True) -> bytes:
    return DocBin(docs=docs, store_user_data=store_user_data).to_bytes()


def back(docs: list[Doc]) -> list[Document]:
    return list(decode([bytes_of(docs)]))


def read(docs: list[Doc], name: str = "x") -> list[Document]:
    """As a file of others is read."""
    return list(decode(Named(name, [bytes_of(docs)])))


TEXT = "“We,” said Ana Duval of Radio Bo in Porto, “lost US$5bn.”"


@pytest.fixture
def report() -> Document:
    """A quote in two fragments, an actor in an actor's words, a number within a token."""
    article = msgspec.structs.replace(bare_article("a1", TEXT), story="talks", title="Lost")

    def place(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    quote = bare_span("quote", "a1/p/q1", [place("“We,”"), place("“lost US$5bn.”")], TEXT,
                      {"form": "direct", "note": "split"})  # fmt: skip
    ana = bare_span("actor", "a1/p/a1", [place("Ana Duval")], TEXT,
                    {"type": "person", "entity": "ana-duval"})  # fmt: skip
    radio = bare_span("actor", "a1/p/a2", [place("Radio Bo")], TEXT, {"type": "medium"})
    porto = bare_span("location", "a1/p/l1", [place("Porto")], TEXT, {"kind": "city"})
    number = bare_span("number", "a1/p/n1", [place("5b")], TEXT, {"kind": "money", "value": "5"})
    cue = bare_span("cue", "a1/p/c1", [place("said")], TEXT)
    arcs = [
        Relation(id=relation_id(h.id, kind, t.id), type=kind, head=h.id, tail=t.id)  # type: ignore[arg-type]
        for h, kind, t in ((quote, "said_by", ana), (cue, "cue_of", quote))
    ]
    spans = sorted((quote, ana, radio, porto, number, cue), key=lambda s: (s.start, s.end, s.id))
    return Document(
        article=article, spans=tuple(spans), relations=tuple(sorted(arcs, key=lambda r: r.id))
    )


def groups(doc: Doc) -> dict[str, list[tuple[str, str, str]]]:
    return {k: [(s.text, s.label_, s.id_) for s in v] for k, v in doc.spans.items() if len(v)}


def test_spacy_finds_a_group_for_each_layer_with_types_for_labels(report: Document) -> None:
    (doc,) = docs_of([report])
    assert doc.text == TEXT
    assert groups(doc) == {
        "actor": [("Ana Duval", "person", "a1"), ("Radio Bo", "medium", "a2")],
        "location": [("Porto", "city", "l1")],
        "quote": [("“We,”", "direct", "q1"), ("“lost US$5bn.”", "direct", "q1")],
        "cue": [("said", "cue", "c1")],
    }
    assert set(doc.spans) == {"actor", "location", "number", "quote", "cue", "counted"}


def test_a_span_inside_a_token_is_in_no_group_and_is_named(report: Document) -> None:
    (doc,) = docs_of([report])
    assert list(doc.spans["number"]) == []
    assert doc.user_data["newspan"]["not_on_tokens"] == ("a1/p/n1",)
    assert back([doc]) == [report]


def test_the_rest_is_under_one_key(report: Document) -> None:
    (doc,) = docs_of([report])
    assert list(doc.user_data) == ["newspan"]
    kept = doc.user_data["newspan"]
    assert kept["article"]["title"] == "Lost"
    assert kept["spans"][0]["note"] == "split"
    assert {r["type"] for r in kept["relations"]} == {"said_by", "cue_of"}
    assert TEXT[:20] not in str(kept)


@given(st.lists(documents(), max_size=3))
def test_what_spacy_reads_and_writes_again_is_the_same(found: list[Document]) -> None:
    docs = docs_of(found)
    assert [doc.text for doc in docs] == [d.article.text or "" for d in found]
    assert back(docs) == found


@given(documents(standoff=False))
def test_every_span_is_in_its_group_or_named(found: Document) -> None:
    (doc,) = docs_of([found])
    left = set(doc.user_data["newspan"]["not_on_tokens"])
    for span in found.spans:
        places = {(f.start, f.end) for f in span.fragments}
        group = doc.spans[type(span).__name__.lower()]
        own = {(s.start_char, s.end_char) for s in group if s.id_ == span.id.split("/")[2]}
        assert own == (set() if span.id in left else places)


@pytest.mark.parametrize(
    "text",
    ["  two before", "after \n\n", "\n\n", " ", "a\n\n\n b", "no\u00a0break\u2028line\r\nend ",
     "\ttab\x85nel\x00nul", "👩‍👩‍👧‍👦 e\u0301te\u0301 שָׁלוֹם مرحبا"],
)  # fmt: skip
def test_odd_white_space_comes_back_to_the_letter(text: str) -> None:
    found = Document(article=bare_article("a", text))
    (doc,) = docs_of([found])
    assert doc.text == text
    assert back([doc]) == [found]


@pytest.mark.parametrize("language", ["fr", "fra", "en-GB", "ja", "zxx", "ko"])
@given(found=articles(standoff=False))
def test_a_language_that_spacy_lacks_is_cut_as_english(language: str, found: Any) -> None:
    whole = Document(article=msgspec.structs.replace(found, language=language))
    assert list(decode(encode([whole]))) == [whole]


def test_french_is_cut_as_french() -> None:
    text = "L’Union d’abord."
    french = msgspec.structs.replace(bare_article("a", text), language="fr")
    (doc,) = docs_of([Document(article=french)])
    assert [t.text for t in doc] == ["L’", "Union", "d’", "abord", "."]


def test_regions_of_two_passes_keep_apart(report: Document) -> None:
    (ana,) = (s for s in report.spans if s.id == "a1/p/a1")
    both = (ana, msgspec.structs.replace(ana, id="a1/q/a1", annotator="another"))
    whole = Document(article=report.article, spans=both)
    (doc,) = docs_of([whole])
    assert [s.id_ for s in doc.spans["actor"]] == ["a1/p/a1", "a1/q/a1"]
    assert back([doc]) == [whole]


# What is changed in spaCy.


def names(document: Document) -> dict[str, str | None]:
    return {span.id: span.text for span in document.spans}


def test_a_span_taken_out_is_gone_with_its_relations(report: Document) -> None:
    (doc,) = docs_of([report])
    doc.spans["actor"] = [s for s in doc.spans["actor"] if s.id_ != "a1"]
    (found,) = back([doc])
    assert set(names(report)) - set(names(found)) == {"a1/p/a1"}
    assert [r.type for r in found.relations] == ["cue_of"]


def test_a_deleted_group_says_nothing_of_its_layer(report: Document) -> None:
    (doc,) = docs_of([report])
    del doc.spans["actor"]
    assert back([doc]) == [report]


def test_a_moved_span_keeps_its_attributes(report: Document) -> None:
    (doc,) = docs_of([report])
    ana, radio = doc.spans["actor"]
    wider = Span(doc, ana.start, radio.end, label=ana.label_, span_id=ana.id_)
    doc.spans["actor"] = [wider, radio]
    (found,) = back([doc])
    (moved,) = (s for s in found.spans if s.id == "a1/p/a1")
    assert moved.text == "Ana Duval of Radio Bo"
    assert moved.entity == "ana-duval"
    assert found.relations == report.relations


def test_a_relabelled_span_is_of_its_new_type(report: Document) -> None:
    (doc,) = docs_of([report])
    for span in doc.spans["actor"]:
        span.label_ = "ORG"
    doc.spans["actor"] = [
        Span(doc, s.start, s.end, label="ORG", span_id=s.id_) for s in doc.spans["actor"]
    ]
    (found,) = back([doc])
    actors = [s for s in found.spans if s.id.startswith("a1/p/a")]
    assert [(s.type, s.entity) for s in actors] == [
        ("organization", "ana-duval"), ("organization", None),
    ]  # fmt: skip


def test_a_span_put_into_another_layer_leaves_its_attributes_behind(report: Document) -> None:
    (doc,) = docs_of([report])
    (porto,) = doc.spans["location"]
    doc.spans["location"] = []
    doc.spans["actor"] = [
        *doc.spans["actor"], Span(doc, porto.start, porto.end, label="state", span_id=porto.id_),
    ]  # fmt: skip
    (found,) = back([doc])
    (moved,) = (s for s in found.spans if s.id == "a1/p/l1")
    assert (moved.type, moved.entity, moved.text) == ("state", None, "Porto")


def test_new_spans_are_bare_and_one_id_makes_one_span(report: Document) -> None:
    (doc,) = docs_of([report])
    doc.spans["cue"] = [
        *doc.spans["cue"],
        Span(doc, 0, 2, label="cue"),
        Span(doc, 4, 5, label="cue", span_id="mine"),
        Span(doc, 6, 7, label="cue", span_id="mine"),
        Span(doc, 8, 9, label="", span_id="no region"),
    ]
    (found,) = back([doc])
    new = [s for s in found.spans if "/p/" not in s.id]
    assert {s.id: len(s.fragments) for s in new} == {
        "a1/imported/cue-1": 1, "a1/imported/cue-2": 1, "a1/imported/mine": 2,
    }  # fmt: skip
    assert {(s.annotator, s.status, s.note) for s in new} == {("unknown", "pass", None)}


def test_retokenised_words_are_told_not_shifted(report: Document) -> None:
    (doc,) = docs_of([report])
    for layer in ("location", "quote"):
        del doc.spans[layer]
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:3])
    with pytest.raises(DocumentError, match=r"article a1: a span in doc\.spans.* is said to be at"):
        back([doc])


def test_words_that_are_not_the_articles_are_told(report: Document) -> None:
    (doc,) = docs_of([report])
    other = NLP("Something else.")
    other.user_data.update(doc.user_data)
    with pytest.raises(DocumentError, match=r"a1: .*SHA-256"):
        back([other])


# Files of others.


def test_entities_of_others_are_read(tmp_path: Path) -> None:
    doc = NLP("Ana Duval met Radio Bo in Porto .")
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 3, 5, "ORG"), Span(doc, 6, 7, "GPE")]
    path = tmp_path / "My News.spacy"
    path.write_bytes(bytes_of([doc, NLP("")], store_user_data=False))
    first, second = newspan.read(path)
    assert (first.article.id, second.article.id) == ("my-news-1", "my-news-2")
    assert [(s.id, s.text) for s in first.spans] == [
        ("my-news-1/imported/actor-1", "Ana Duval"),
        ("my-news-1/imported/actor-2", "Radio Bo"),
        ("my-news-1/imported/location-1", "Porto"),
    ]
    assert [getattr(s, "type", None) or s.kind for s in first.spans] == [
        "person", "organization", "country",
    ]  # fmt: skip
    assert (second.article.text, second.spans) == ("", ())


def test_groups_of_others_are_read_and_adjacent_entities_stay_apart() -> None:
    doc = NLP("Ana Bo said 5 boats sank")
    doc.ents = [Span(doc, 0, 1, "PER"), Span(doc, 1, 2, "PER")]
    doc.spans["sc"] = [
        Span(doc, 0, 1, "PER"), Span(doc, 3, 4, "number:count"), Span(doc, 2, 3, "cue"),
    ]  # fmt: skip
    doc.spans["counted"] = [Span(doc, 4, 5, "")]
    (found,) = read([doc])
    assert [s.text for s in found.spans] == ["Ana", "Bo", "said", "5", "boats"]


def test_words_without_known_spaces_are_as_spacy_shows_them() -> None:
    doc = Doc(NLP.vocab, words=["Ana", "said", "."], ents=["B-PERSON", "O", "O"])
    (found,) = read([doc])
    assert found.article.text == doc.text
    assert [s.text for s in found.spans] == ["Ana"]


def test_labels_of_no_layer_are_told_each_once() -> None:
    doc = NLP("Monday or Tuesday in Porto")
    doc.ents = [Span(doc, 0, 1, "DATE"), Span(doc, 2, 3, "DATE"), Span(doc, 4, 5, "NORP")]
    with pytest.raises(DocumentError) as caught:
        read([doc])
    first, second = caught.value.faults
    assert "2 spans in doc.ents have the label 'DATE'" in first.message
    assert "'Monday'" in first.message
    assert "'NORP'" in second.message
    assert "Take them out" in first.remedy
    assert {first.article_id, second.article_id} == {"x-1"}


def test_a_span_of_white_space_breaks_the_model_and_is_told() -> None:
    doc = NLP("Ana \n\n Bo")
    doc.spans["actor"] = [Span(doc, 0, 2, "person")]
    with pytest.raises(DocumentError, match=r"x-1/imported/actor-1.*white space"):
        read([doc])


# Hostile files.


def changed(docs: list[Doc], **fields: Any) -> bytes:
    """The bytes of a DocBin with other values in it."""
    plain = msgspec.msgpack.decode(zlib.decompress(bytes_of(docs)))
    return zlib.compress(msgspec.msgpack.encode(plain | fields))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"attrs": []}, "no words"),
        ({"attrs": "ORTH"}, "Expected `array`"),
        ({"tokens": b"123"}, "cut off"),
        ({"tokens": b""}, "different lengths"),
        ({"lengths": b"\xff\xff\xff\xff"}, "different lengths"),
        ({"lengths": b"\xff\xff\xff\x7f"}, "different lengths"),
        ({"spaces": b"\x01" * 99}, "different lengths"),
        ({"strings": []}, "lacks the string"),
        ({"strings": [b"\xff"]}, "Expected `str`"),
        ({"user_data": [b"\xc1"]}, "no sound DocBin"),
        ({"user_data": [b"\x91" * 100_000]}, "no sound DocBin"),
        ({"user_data": [msgspec.msgpack.encode(["newspan"])]}, "no dictionary"),
        ({"user_data": [msgspec.msgpack.encode({"newspan": 5})]}, "none of ours"),
        ({"user_data": [msgspec.msgpack.encode({"newspan": {"article": {}}})]}, "none of ours"),
        ({"span_groups": [b"\xa1a"]}, "no sound DocBin"),
        ({"span_groups": [msgspec.msgpack.encode([b"\x80"])]}, "no sound DocBin"),
    ],
)
def test_what_is_no_sound_doc_bin_is_told(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        list(decode([changed([NLP("Ana said .")], **fields)]))


def group(*record: int) -> bytes:
    from newspan.formats.docbin.packed import _SPAN

    spans = [_SPAN.pack(*record)]
    plain = msgspec.msgpack.encode({"name": "actor", "attrs": {}, "spans": spans})
    return msgspec.msgpack.encode({plain: ["actor"]})


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ((0, 0, 0, 0, 99, 0, 3), "a span is at tokens 0 to 99 of 3"),
        ((0, 0, 0, -1, 2, 0, 3), "a span is at tokens -1 to 2 of 3"),
        ((0, 0, 0, 1, 1, 0, 3), "a span is at tokens 1 to 1 of 3"),
        ((0, 0, 7, 0, 1, 0, 3), "lacks the string 7"),
        ((0, 0, 0, 0, 1, 1, 4), "said to be at 1 to 4, but its tokens 'Ana' are at 0 to 3"),
    ],
)
def test_spans_that_cannot_be_are_told(record: tuple[int, ...], said: str) -> None:
    data = changed([NLP("Ana said .")], span_groups=[group(*record)])
    with pytest.raises(DocumentError, match=said):
        list(decode([data]))


def test_a_pickle_is_not_run(tmp_path: Path) -> None:
    class Hostile:
        def __reduce__(self) -> Any:
            return Path.touch, (tmp_path / "run",)

    import pickle

    data = changed([NLP("Ana")], user_data=[pickle.dumps(Hostile())])
    with pytest.raises(DocumentError):
        list(decode([data]))
    with pytest.raises(DocumentError):
        list(decode([pickle.dumps(Hostile())]))
    assert not (tmp_path / "run").exists()


def test_what_swells_when_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DocumentError, match="67,108,864 bytes when unpacked"):
        list(decode([zlib.compress(bytes(2**26 + 1))]))
    monkeypatch.setattr("newspan.formats.docbin.packed.MAX_TEXT_BYTES", 1000)
    with pytest.raises(DocumentError, match="too long"):
        list(decode([bytes_of([NLP("word " * 300)])]))


def test_a_cut_off_file_and_a_pointer_are_told() -> None:
    whole = bytes_of([NLP("Ana said .")])
    with pytest.raises(DocumentError, match="cut off"):
        list(decode([whole[:-5]]))
    with pytest.raises(DocumentError, match="git lfs pull"):
        list(decode([b"version https://git-lfs.github.com/spec/v1\n"]))


@given(data=st.data())
def test_flipped_bytes_give_documents_or_an_error_of_ours(data: st.DataObject) -> None:
    doc = NLP("Ana Duval said 5 boats sank .")
    doc.ents = [Span(doc, 0, 2, "PERSON")]
    doc.spans["number"] = [Span(doc, 3, 4, "count")]
    plain = bytearray(zlib.decompress(bytes_of([doc])))
    for _ in range(data.draw(st.integers(1, 6))):
        plain[data.draw(st.integers(0, len(plain) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(NewspanError):
        list(decode([zlib.compress(bytes(plain))]))
    assert gc.isenabled()


def test_without_spacy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytes_of([NLP("Ana")])
    for name in ("spacy.tokens", "spacy.strings"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra, match=r"newspan\[nlp\]"):
        list(unpacked(data))
    with pytest.raises(MissingExtra, match=r"newspan\[nlp\]"):
        list(encode([]))
