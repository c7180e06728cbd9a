"""What must hold in every document; all breaches together."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newspan.errors import DocumentError
from newspan.schema.invariants import check, document_faults, slice_text
from newspan.schema.model import (
    Article,
    Cue,
    Document,
    Fragment,
    Number,
    Quote,
    Relation,
)
from newspan.text import NORMALIZATION, fingerprint, paragraph_fingerprints
from strategies import documents

TEXT = "“We shall,” she said, “see it.”\n\nSome 40 left."
COMMON = {"annotator": "ana", "annotator_kind": "human", "status": "adjudicated"}
replace = msgspec.structs.replace


def article(text=TEXT, **fields):
    import datetime

    made = {
        "id": "a", "text": text, "text_sha256": fingerprint(text),
        "paragraph_sha256": paragraph_fingerprints(text), "n_chars": len(text),
        "normalization": NORMALIZATION, "language": "en",
        "published": datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC),
        "published_precision": "day", "author_kind": "human", "license": "CC-BY-4.0",
        "story": "s", "origin": "invented",
    }  # fmt: skip
    return Article(**(made | fields))


def quote(region, *fragments, **fields):
    return span(Quote, region, *fragments, form="direct", speaker="named", **fields)


def span(cls, region, *fragments, **fields):
    parts = tuple(Fragment(*f) for f in fragments)
    made = {
        "id": f"a/adjudicated/{region}", "fragments": parts,
        "start": parts[0].start, "end": parts[-1].end, "text": slice_text(TEXT, parts),
    }  # fmt: skip
    return cls(**(COMMON | made | fields))


def arc(head, kind, tail, **fields):
    ends = {"head": f"a/adjudicated/{head}", "tail": f"a/adjudicated/{tail}"}
    made = {"id": f"a/adjudicated/{head}.{kind}.{tail}", "type": kind, **ends}
    return Relation(**(made | fields))


def document(*spans, relations=(), **fields):
    return Document(article=article(**fields), spans=spans, relations=relations)


CUE = span(Cue, "c", (16, 20))
QUOTE = quote("q", (0, 11), (22, 31))
NUMBER = span(Number, "n", (38, 40), kind="count", value="40")

GOOD = {
    "no text": Document(article=article("")),
    "no spans": document(),
    "discontinuous": document(QUOTE, CUE, relations=(arc("c", "cue_of", "q"),)),
    "to the end": document(span(Cue, "c", (41, 46))),
    "same place": document(CUE, span(Cue, "d", (16, 20))),
    "nested in a fragment": document(QUOTE, quote("r", (22, 26))),
    "between the fragments": document(QUOTE, quote("r", (12, 20))),
    "interlocked": document(quote("q", (0, 3), (12, 15)), quote("r", (4, 11), (16, 20))),
    "hulls cross": document(quote("q", (0, 3), (12, 15)), quote("r", (4, 11))),
    "across layers": document(quote("q", (0, 11)), span(Cue, "c", (4, 15))),
    "derived from another article": document(replace(CUE, derived_from="b/adjudicated/c")),
    "stand-off": Document(article=replace(article(), text=None), spans=(replace(CUE, text=None),)),
}

BAD = {
    "n_chars": (document(n_chars=5), ["n_chars is 5 but the text has 46"]),
    "fingerprint": (document(text_sha256="0" * 64), ["not the one whose SHA-256"]),
    "paragraphs": (document(paragraph_sha256=()), ["paragraph"]),
    "lone surrogate": (
        Document(article=replace(article("abc"), text="ab\ud800")), ["surrogate"]
    ),
    "another article": (document(replace(CUE, id="b/adjudicated/c")), ["names another article"]),
    "hull": (document(replace(CUE, start=15)), ["start and end are 15, 20"]),
    "empty": (document(span(Cue, "c", (16, 16))), ["is empty or swapped"]),
    "swapped": (document(span(Cue, "c", (20, 16))), ["is empty or swapped"]),
    "negative": (document(span(Cue, "c", (-4, 3))), ["before the text"]),
    "past the end": (document(span(Cue, "c", (41, 47))), ["ends past the text, which has 46"]),
    "white space before": (document(span(Cue, "c", (15, 20))), ["white space"]),
    "white space after": (document(span(Cue, "c", (16, 22))), ["white space"]),
    "white space in the middle": (
        document(quote("q", (0, 4), (12, 16))), ["white space"]
    ),
    "fragments touch": (document(quote("q", (0, 3), (3, 11))), ["touch"]),
    "fragments out of order": (
        document(quote("q", (22, 31), (0, 11))), ["touch or are out of order"]
    ),
    "wrong words": (document(replace(CUE, text="says")), ["'says' but the article has 'said'"]),
    "no words": (document(replace(CUE, text=None)), ["None but the article has 'said'"]),
    "words of a stand-off article": (
        Document(article=replace(article(), text=None), spans=(CUE,)), ["stand-off"]
    ),
    "past the end of a stand-off article": (
        Document(
            article=replace(article(), text=None),
            spans=(replace(span(Cue, "c", (41, 47)), text=None),),
        ),
        ["ends past the text"],
    ),
    "derived from itself": (
        document(replace(CUE, derived_from="a/adjudicated/x")), ["same article"]
    ),
    "derived from another pass of itself": (
        document(replace(CUE, derived_from="a/pass-1/x")), ["same article"]
    ),
    "same id": (document(CUE, replace(CUE)), ["2 spans have this id"]),
    "crossing": (document(span(Cue, "c", (12, 20)), span(Cue, "d", (16, 31))), ["crosses"]),
    "crossing fragments": (document(QUOTE, quote("r", (4, 20))), ["crosses"]),
    "every crossing": (
        document(*[span(Cue, f"c{n}", (n, n + 3)) for n in (0, 1, 6, 12, 13, 16)]),
        ["cue [1, 4) crosses cue [0, 3)", "cue [13, 16) crosses cue [12, 15)"],
    ),
    "no such head": (
        document(QUOTE, relations=(arc("x", "cue_of", "q"),)), ["a head that is no span"]
    ),
    "no such tail": (
        document(QUOTE, relations=(arc("q", "said_by", "x"),)), ["a tail that is no span"]
    ),
    "wrong layers": (
        document(QUOTE, CUE, relations=(arc("q", "cue_of", "c"),)),
        ["the head of cue_of is a quote", "the tail of cue_of is a cue"],
    ),
    "same relation": (
        document(QUOTE, CUE, relations=(arc("c", "cue_of", "q"),) * 2), ["2 relations"]
    ),
    "relation id": (
        document(QUOTE, CUE, relations=(arc("c", "cue_of", "q", id="r1"),)), ["id of the relation"]
    ),
    "all together": (
        document(
            replace(CUE, text="says"), span(Cue, "d", (41, 47)), replace(NUMBER, start=3),
            relations=(arc("n", "counts", "x"),), n_chars=5,
        ),
        ["n_chars is 5", "'says'", "past the text", "start and end are 3", "no span of the"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_a_sound_document_has_no_fault(case):
    assert list(document_faults(GOOD[case])) == []
    assert check(GOOD[case]) is GOOD[case]


@pytest.mark.parametrize("case", BAD)
def test_a_breach_is_found(case):
    broken, messages = BAD[case]
    with pytest.raises(DocumentError) as caught:
        check(broken)
    found = [f.message for f in caught.value.faults]
    for message in messages:
        assert any(message in text for text in found), found
    assert all(f.article_id == "a" and f.remedy for f in caught.value.faults)


@pytest.mark.parametrize("case", ["crossing", "empty", "wrong words", "same id", "relation id"])
def test_one_breach_is_one_fault(case):
    assert len(list(document_faults(BAD[case][0]))) == 1


@given(documents())
def test_documents_of_the_strategy_are_sound(found):
    assert list(document_faults(found)) == []


@given(documents(standoff=False).filter(lambda d: d.spans), st.data())
def test_a_span_moved_anywhere_is_a_fault_or_has_the_same_words(found, data):
    chosen = data.draw(st.sampled_from(found.spans))
    by = data.draw(st.sampled_from([-2, -1, 1, 2]))
    moved = replace(
        chosen,
        fragments=tuple(Fragment(f.start + by, f.end + by) for f in chosen.fragments),
        start=chosen.start + by, end=chosen.end + by,
    )  # fmt: skip
    others = [moved if s is chosen else s for s in found.spans]
    faults = list(document_faults(replace(found, spans=tuple(others))))
    if not faults:
        assert slice_text(found.article.text, moved.fragments) == chosen.text


@given(documents(layers=["quote"], max_spans=6), documents(layers=["quote"], max_spans=6))
def test_crossing_is_what_pair_by_pair_comparison_finds(first, second):
    """Two valid sets of quotes on one line, put together."""
    fragments = [f for d in (first, second) for s in d.spans for f in s.fragments]
    text = "x" * max([f.end for f in fragments], default=1)
    spans = tuple(
        quote(f"q{n}", (f.start, f.end), text=text[f.start : f.end])
        for n, f in enumerate(fragments)
    )
    crossing = any(
        a.start < b.start < a.end < b.end for a in fragments for b in fragments
    )  # fmt: skip
    found = list(document_faults(Document(article=article(text), spans=spans)))
    assert bool(found) == crossing
    assert all("crosses" in f.message for f in found)


def test_many_crossings_are_found_in_one_pass():
    text = "x" * 20_002
    spans = tuple(quote(f"q{n}", (n, n + 2), text="xx") for n in range(20_000))
    found = list(document_faults(Document(article=article(text), spans=spans)))
    assert len(found) == 10_000


def test_a_text_shorter_than_it_says_is_told_with_the_spans_beyond_it():
    whole = document(NUMBER)
    short = msgspec.structs.replace(whole, article=replace(whole.article, text="Some"))
    messages = [fault.message for fault in document_faults(short)]
    assert messages[0].startswith(f"n_chars is {len(TEXT)} but the text has 4")
    assert "its text is '40' but the article has '' there." in messages
