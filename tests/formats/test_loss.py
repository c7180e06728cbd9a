"""What a format cannot hold is named, refused, or taken out: never lost without a word."""

from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newspan
from newspan.errors import DocumentError, NewspanError
from newspan.formats import FORMATS, Format
from newspan.formats.bare import IMPORTED, bare_article, bare_span
from newspan.formats.convert import convert
from newspan.formats.loss import LOSABLE, held, holding, said
from newspan.schema.invariants import check
from newspan.schema.model import Document, Relation, relation_id
from strategies import documents

some_terms = st.sets(st.sampled_from(sorted(LOSABLE)))


@given(documents(), some_terms)
def test_what_is_held_is_valid_and_held_again_without_loss(document, holds):
    kept, lost = held(document, holds)
    # A relation goes with a span that is left out, held or not.
    assert set(+lost) - {"relations"} <= set(LOSABLE) - holds
    if kept is None:
        assert document.article.text is None
        assert "standoff" not in holds
        return
    check(kept)
    assert held(kept, holds) == (kept, Counter())


@given(documents())
def test_a_format_that_holds_everything_changes_nothing(document):
    assert held(document, LOSABLE) == (document, Counter())


@given(documents(standoff=False), some_terms)
def test_a_document_changes_where_and_only_where_a_loss_is_named(document, holds):
    kept, lost = held(document, holds)
    assert (kept == document) == (not lost.total())


@pytest.fixture
def told():
    """One text with a quote in two fragments, an actor in an actor, a note and a relation."""
    text = "“We,” said Bo of Radio Bo, “shall see.”"
    article = msgspec.structs.replace(bare_article("a1", text), story="talks")
    quote = bare_span("quote", "a1/p/q1", [(0, 5), (27, 39)], text, {"form": "direct"})
    bo = bare_span("actor", "a1/p/a1", [(11, 25)], text, {"type": "person", "note": "which?"})
    radio = bare_span("actor", "a1/p/a2", [(17, 25)], text, {"type": "medium"})
    arc = Relation(
        id=relation_id(quote.id, "said_by", bo.id), type="said_by", head=quote.id, tail=bo.id
    )
    return check(Document(article=article, spans=(quote, bo, radio), relations=(arc,)))


def test_each_loss_is_counted_in_plain_words(told):
    kept, lost = held(told, set())
    assert lost == Counter(article=1, discontinuous=1, ids=3, nested=1, note=1, relations=1)
    assert [(s.id, s.text) for s in kept.spans] == [
        (f"a1/{IMPORTED}/quote-1", "“We,”"),
        (f"a1/{IMPORTED}/actor-1", "Bo of Radio Bo"),
        (f"a1/{IMPORTED}/quote-2", "“shall see.”"),
    ]
    assert said(lost).startswith("1 articles with more metadata than an id; 1 spans in fragments")


def test_relations_follow_the_spans_that_are_renamed(told):
    kept, lost = held(told, set(LOSABLE) - {"ids"})
    assert [r.id for r in kept.relations] == [f"a1/{IMPORTED}/quote-1.said_by.actor-1"]
    assert lost == Counter(ids=3)


def test_all_losses_of_all_documents_are_refused_in_one_message(told):
    other = msgspec.structs.replace(told)
    with pytest.raises(DocumentError, match=r"spacy cannot .* 2 spans with a note.*--allow-loss"):
        list(holding([told, other], set(LOSABLE) - {"note"}, "spacy"))


@pytest.fixture
def small(monkeypatch):
    """JSON Lines as if they could hold no note."""
    import newspan.formats.jsonl as adapter

    monkeypatch.setattr(adapter, "HOLDS", frozenset(LOSABLE) - {"note"})


def test_convert_writes_nothing_where_something_would_be_lost(tmp_path, told, small):
    source, target = tmp_path / "a.json", tmp_path / "a.jsonl"
    newspan.write([told], source)
    with pytest.raises(DocumentError, match="1 spans with a note"):
        convert(source, target)
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    line = convert(source, target, allow_loss=True)
    assert line.endswith("lost: 1 spans with a note")
    assert [s.note for d in newspan.read(target) for s in d.spans] == [None] * 3


def test_a_format_that_is_only_read_cannot_be_written(tmp_path, told, monkeypatch):
    monkeypatch.setitem(FORMATS, "gum", Format("jsonl", (".gum",), "read_lines", ""))
    with pytest.raises(NewspanError, match=r"gum is only read.*jsonl"):
        newspan.write([told], tmp_path / "x.gum")
    assert not list(tmp_path.iterdir())


def test_the_key_of_an_entity_is_held_apart_from_the_other_attributes(told):
    bo = msgspec.structs.replace(told.spans[1], entity="bo", title="Mr")
    document = msgspec.structs.replace(told, spans=(told.spans[0], bo, told.spans[2]))
    rest = set(LOSABLE) - {"attributes", "entities"}
    kept, lost = held(document, rest | {"entities"})
    assert (kept.spans[1].entity, kept.spans[1].title) == ("bo", None)
    assert +lost == Counter(attributes=1)
    kept, lost = held(document, rest)
    assert (kept.spans[1].entity, +lost) == (None, Counter(attributes=1, entities=1))
    kept, lost = held(document, rest | {"attributes"})
    assert (kept, lost.total()) == (document, 0)


def test_nothing_lost_is_no_loss_whatever_was_counted(told):
    assert list(holding([told], set(LOSABLE) - {"standoff"}, "brat")) == [told]
