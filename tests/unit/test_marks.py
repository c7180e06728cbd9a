"""Marks: annotation by quoting the words."""

import datetime
import re

import msgspec
import pytest
from hypothesis import given

from newspan.errors import DocumentError
from newspan.formats.marks import Annotator, decode, encode
from newspan.schema.model import Article, layer_of, region_of
from newspan.text import NORMALIZATION, fingerprint, paragraph_fingerprints
from strategies import documents

TEXT = (
    "Ana met Anabel and Ana. Ben said: “We shall,” he said, “see it in May.”\n\n"
    "Ana said 40 men and 40 women left.\nIt was `dark`."
)
ME = Annotator("ana", "human")


def article(text=TEXT):
    return Article(
        id="a", text=text, text_sha256=fingerprint(TEXT), n_chars=len(TEXT),
        paragraph_sha256=paragraph_fingerprints(TEXT), normalization=NORMALIZATION, language="en",
        published=datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC), published_precision="day",
        author_kind="human", license="CC-BY-4.0", story="s", origin="invented",
    )  # fmt: skip


def read(*lines):
    return decode("\n".join(lines), article(), ME)


def places(*lines):
    return [[(f.start, f.end) for f in s.fragments] for s in read(*lines).spans]


@given(documents(standoff=False, score=False, provenance=False))
def test_marks_give_back_the_document(found):
    spans = tuple(
        msgspec.structs.replace(s, annotator="ana", annotator_kind="human") for s in found.spans
    )
    found = msgspec.structs.replace(found, spans=spans)
    pass_name = found.spans[0].id.split("/")[1] if found.spans else "adjudicated"
    status = "adjudicated" if pass_name == "adjudicated" else "pass"
    spans = tuple(msgspec.structs.replace(s, status=status) for s in spans)
    found = msgspec.structs.replace(found, spans=spans)
    marks = encode(found)
    assert decode(marks, found.article, Annotator("ana", "human", pass_name)) == found
    assert decode(marks.replace("\n", "\r\n"), found.article,
                  Annotator("ana", "human", pass_name)) == found  # fmt: skip


@pytest.mark.parametrize(
    ("piece", "words", "nth"),
    [
        ("`Anabel`", "Anabel", 0),
        ("`Ana`@p1", "Ana", None),
        ("`Ana`@p2", "Ana", 3),
        ("`Ana`@p1.2", "Ana", 2),
        ("`Ana`@2", "Ana", 2),
        ("`Ana`@3", "Ana", 3),
        ("`40`@p2.2", "40", 1),
        ("`men`", "men", None),
        ("[0:3]", "Ana", 0),
        ("`“We`..`”`", "“We shall,”", 0),
        ("`“We`..`May.”`@p1", "“We shall,” he said, “see it in May.”", 0),
    ],
)
def test_words_are_found_where_the_anchor_says(piece, words, nth):
    if piece == "`Ana`@p1":
        with pytest.raises(DocumentError, match="occurs 2 times"):
            read(f"c cue {piece}")
        return
    (((start, end),),) = places(f"c cue {piece}")
    assert TEXT[start:end] == words
    if nth:
        assert start == [m.start() for m in re.finditer(re.escape(words), TEXT)][nth]


def test_fragments_are_joined_by_a_plus():
    found = places("q quote `“We shall,”` + `“see`..`May.”`  form=direct speaker=named")
    assert [[TEXT[a:b] for a, b in parts] for parts in found] == [
        ["“We shall,”", "“see it in May.”"]
    ]


def test_words_in_a_later_fragment_are_sought_after_the_earlier_one():
    (((_, end), (start, _)),) = places("q quote `Ben` + `said` form=direct speaker=named")
    assert start >= end


def test_attributes_notes_sources_and_relations_are_read():
    found = read(
        "# a comment", "", "a actor `Ben`  type=person title='Rt. Hon.' entity=ben",
        "l location `May` kind=city dateline",
        "q quote `“We shall,”` form=direct speaker=named",
        'note a "a remark"', "note a another", "from a src-1/x1", "from l src-1/pass-1/x2",
        "q said_by a",
    )  # fmt: skip
    spans = {region_of(s.id): s for s in found.spans}
    assert (spans["a"].title, spans["a"].entity) == ("Rt. Hon.", "ben")
    assert spans["a"].note == "a remark\nanother"
    assert spans["a"].derived_from == "src-1/adjudicated/x1"
    assert spans["l"].derived_from == "src-1/pass-1/x2"
    assert spans["l"].dateline is True
    assert [layer_of(s) for s in found.spans] == ["actor", "quote", "location"]
    assert [r.id for r in found.relations] == ["a/adjudicated/q.said_by.a"]


def test_another_pass_is_no_adjudication():
    found = decode("c cue `met`", article(), Annotator("m", "model", "pass-2"))
    assert found.spans[0].id == "a/pass-2/c"
    assert (found.spans[0].status, found.spans[0].annotator_kind) == ("pass", "model")


PROBLEMS = {
    "c": "neither a layer nor a relation",
    "c person `met`": r"'person' is neither a layer.*Layers: actor.*Relations: said_by",
    "c cue met": "no words between backticks",
    "c cue ``": "no words between backticks",
    "c cue": "no words between backticks",
    "c cue `met` + dark": "no words between backticks",
    "c cue `gone`": r"`gone` does not occur there\. Check every character",
    "c cue `men`@p1": r"`men` does not occur there\. It stands in p2",
    "c cue `40`": r"`40` occurs 2 times there\. It stands in p2 \(2 times\)",
    "c cue `40`@p2.3": "`40` occurs 2 times there. Check the anchor",
    "c cue `40`@0": "`40` occurs 2 times there. Check the anchor",
    "c cue `40`@p2.0": "`40` occurs 2 times there. Check the anchor",
    "c cue `40`@p3": r"there is no paragraph 3\. There are 2",
    "c cue `40`@p0": "there is no paragraph 0",
    "c cue `40`@p2.1..`gone`": "`gone` does not follow",
    "c cue `Anab`": "`Anab` does not occur",
    "c cue `met` type=person": r"cue has no attribute 'type'\. It has: none",
    "c actor `met` kind=city": r"actor has no attribute 'kind'\. It has: type",
    "c actor `met`": "actor needs type",
    "c quote `met` form=direct": "quote needs speaker",
    "c actor `met` type=person type=group": "type is given twice",
    "c actor `met` type='person": "Close the quotation mark",
    "c actor `met` type=robot": "robot",
    "c number `40`@p2.1 kind=count value=1,000": "regex",
    "c location `met` kind=city dateline=maybe": "bool",
    "c actor `met` type=person title": "str",
    "c/d cue `met`": "regex",
    "c cue [3:8]": "white space",
    "c cue [8:3]": "empty or swapped",
    "c cue [0:999]": "past the text",
    "c cue [0:99999999999999999999]": "no words between backticks",
    "x said_by y": "no span 'x' above this line",
    "note x remark": "no span 'x' above this line",
    "from x src/n1": "no span 'x' above this line",
}


@pytest.mark.parametrize("line", PROBLEMS)
def test_a_line_that_cannot_be_read_says_what_and_what_to_do(line):
    with pytest.raises(DocumentError, match=PROBLEMS[line]) as caught:
        read(line)
    assert caught.value.faults[0].article_id == "a"


def test_all_bad_lines_are_reported_with_their_numbers():
    with pytest.raises(DocumentError) as caught:
        read("c cue `met`", "", "c cue `said`@p2", "d cue `gone`", "c said_by x")
    assert [f.line for f in caught.value.faults] == [3, 4, 5]


def test_a_relation_between_wrong_layers_is_a_fault():
    with pytest.raises(DocumentError, match="the head of said_by is a cue"):
        read("c cue `met`", "d cue `Ben`", "c said_by d")


def test_spans_that_cross_are_a_fault():
    with pytest.raises(DocumentError, match="crosses"):
        read("c cue `Ana`..`Anabel`@1", "d cue [8:18]", "e cue [12:23]")


def test_two_sources_of_one_span_are_a_fault():
    with pytest.raises(DocumentError, match="two sources"):
        read("c cue `met`", "from c b/x", "from c b/y")


def test_a_stand_off_article_cannot_be_marked():
    bare = msgspec.structs.replace(article(), text=None)
    with pytest.raises(DocumentError, match="no text"):
        decode("", bare, ME)
    with pytest.raises(DocumentError, match="no text"):
        encode(msgspec.structs.replace(read(), article=bare))


def test_a_region_called_like_a_word_of_the_language_is_not_written():
    found = read("c cue `met`")
    spans = (msgspec.structs.replace(found.spans[0], id="a/adjudicated/note"),)
    with pytest.raises(DocumentError, match="another id"):
        encode(msgspec.structs.replace(found, spans=spans))
