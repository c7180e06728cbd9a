"""brat's stand-off files: as others write them, as people edit ours, and what is refused."""

import json
from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newspan
from newspan.annotations.compare.gather import gather
from newspan.errors import DocumentError, NewspanError
from newspan.formats import brat, format_of
from newspan.formats.bare import bare_article, bare_span
from newspan.formats.brat.conf import annotation_conf
from newspan.formats.convert import convert
from newspan.formats.standoff_lines import Pair, parse
from newspan.schema.fields import attributes
from newspan.schema.invariants import check
from newspan.schema.model import LAYERS, RELATIONS, Document, Fragment, Relation, relation_id
from strategies import documents_for

TEXT = "Ana Duval of Radio Bo said:\n“We\nshall, all of us, see.”\n"


def pair(ann, text=TEXT, name="a1"):
    return Pair(name, text, ann)


def decoded(ann, text=TEXT, **more):
    (document,) = brat.decode([pair(ann, text, **more)])
    return document


def faults(ann, text=TEXT):
    with pytest.raises(DocumentError) as caught:
        decoded(ann, text)
    return [f"{f.line}: {f.span_id}: {f.message}" for f in caught.value.faults]


def quote(*places, text=TEXT):
    article = bare_article("a1", text)
    span = bare_span("quote", "a1/p/q1", places, text, {"form": "direct"})
    return check(Document(article=article, spans=(span,)))


def test_files_of_others_are_read():
    found = decoded(
        "T1\tPERSON 0 9\tAna Duval\n"
        "T2\tORG 13 21\tRadio Bo\r\n"
        "T3\tquote 28 31;32 55\t“We shall, all of us, see.”\n"
        "R1\tsaid_by Arg1:T3 Arg2:T1\t\n"
        "#1\tAnnotatorNotes T2\twhich one?\n"
    )
    assert [(s.id, s.text, s.note) for s in found.spans] == [
        ("a1/imported/actor-1", "Ana Duval", None),
        ("a1/imported/actor-2", "Radio Bo", "which one?"),
        ("a1/imported/quote-1", "“We\nshall, all of us, see.”", None),
    ]
    assert [r.id for r in found.relations] == ["a1/imported/quote-1.said_by.actor-1"]
    assert (found.spans[0].type, found.spans[1].type) == ("person", "organization")


def test_attributes_by_hand_are_read_too():
    found = decoded("T1\tnumber 0 3\nA1\tnumber_kind T1 money\nA2\tnumber_unit T1 EUR\n"
                    "M1\tnumber_elliptical T1\n")  # fmt: skip
    (span,) = found.spans
    assert (span.kind, span.unit, span.elliptical) == ("money", "EUR", True)


def test_offsets_are_code_points():
    found = decoded("T1\tPER 4 6\tBo\n", "👩🏽 \u0301Bo")
    assert found.spans[0].text == "Bo"


def test_a_line_break_in_a_span_becomes_two_fragments_and_back():
    document = quote((28, 55))
    (made,) = brat.encode([document])
    assert "T1\tquote 28 31;32 55\t“We shall, all of us, see.”\n" in made.ann
    assert list(brat.decode([made])) == [document]


@pytest.mark.parametrize(
    "places",
    [
        [(28, 31), (32, 55)],  # its own fragments part at the line break
        [(28, 31), (32, 38), (50, 55)],
        [(28, 38), (50, 55)],
        [(22, 31), (32, 55)],
    ],
)
def test_own_fragments_that_part_at_a_line_break_stay_apart(places):
    document = quote(*places)
    assert list(brat.decode(brat.encode([document]))) == [document]


def test_a_span_over_a_blank_line_and_other_line_breaks():
    text = "a b\n\nc d\u2028e"
    document = quote((2, 10), text=text)
    (made,) = brat.encode([document])
    assert "T1\tquote 2 3;5 8;9 10\tb c d e\n" in made.ann
    assert list(brat.decode([made])) == [document]


@given(documents_for(brat.HOLDS))
def test_each_line_is_one_that_brat_reads(document):
    (made,) = brat.encode([document])
    assert made.ann.splitlines() == made.ann.split("\n")[:-1]
    lines, found = parse(made.ann)
    assert not found
    for bound in lines.bounds:
        assert bound.words == " ".join(made.text[s:e] for s, e in bound.fragments)
        assert bound.words.isprintable() or not bound.words.isascii()


@given(documents_for(brat.HOLDS), st.data())
def test_what_is_deleted_in_brat_is_gone_and_the_rest_stays(document, data):
    (made,) = brat.encode([document])
    if not document.spans:
        return
    gone = data.draw(st.integers(1, len(document.spans)))
    rows = [row for row in made.ann.splitlines() if f"T{gone}" not in named(row)]
    (found,) = brat.decode([made._replace(ann="\n".join(rows))])
    lost = document.spans[gone - 1].id
    assert found.spans == tuple(s for s in document.spans if s.id != lost)
    assert found.relations == tuple(
        r for r in document.relations if lost not in (r.head, r.tail)
    )  # fmt: skip


def named(row):
    """The ids that a line has or is about."""
    name, about = row.split("\t")[:2]
    return [name, *(part.rpartition("Arg1:")[2].rpartition("Arg2:")[2] for part in about.split())]


@pytest.fixture
def told():
    article = msgspec.structs.replace(bare_article("a1", TEXT), story="talks", title="Talks")
    more = {
        "type": "person",
        "title": "Dr. h. c.",
        "entity": "ana",
        "note": "one\n two",
        "score": 0.5,
    }
    ana = bare_span("actor", "a1/p/x-1", [(0, 9)], TEXT, more)
    said = bare_span("quote", "a1/p/q1", [(28, 55)], TEXT, {"form": "direct"})
    arc = Relation(id=relation_id(said.id, "said_by", ana.id), type="said_by",
                   head=said.id, tail=ana.id)  # fmt: skip
    return check(Document(article=article, spans=(ana, said), relations=(arc,)))


def edited(told, old, new):
    (made,) = brat.encode([told])
    assert old in made.ann
    (found,) = brat.decode([made._replace(ann=made.ann.replace(old, new))])
    return found


def test_a_span_that_was_moved_keeps_what_is_said_of_it(told):
    found = edited(told, "T1\tactor 0 9\tAna Duval", "T1\tactor 4 9\tDuval")
    moved = msgspec.structs.replace(
        told.spans[0], start=4, fragments=(Fragment(4, 9),), text="Duval"
    )
    assert found.spans[0] == moved
    assert found.relations == told.relations


def test_a_span_that_was_added_gets_an_id_of_its_own(told):
    found = edited(told, "R1\t", "T9\tactor 13 21\tRadio Bo\nA9\tactor_type T9 medium\nR1\t")
    assert [s.id for s in found.spans] == ["a1/p/x-1", "a1/imported/actor-1", "a1/p/q1"]
    assert (found.spans[1].type, found.spans[1].annotator) == ("medium", "unknown")


def test_a_label_and_a_note_that_were_changed_win(told):
    assert edited(told, "T1 person", "T1 group").spans[0].type == "group"
    assert edited(told, "AnnotatorNotes T1\tone two", "AnnotatorNotes T1\tthree").spans[0].note == (
        "three"
    )
    assert edited(told, "newspan:ana\t", "newspan:bo\t").spans[0].entity == "bo"


def test_a_note_that_was_removed_is_gone(told):
    (made,) = brat.encode([told])
    rows = [r for r in made.ann.split("\n") if "AnnotatorNotes" not in r]
    (found,) = brat.decode([made._replace(ann="\n".join(rows))])
    assert found.spans[0].note is None


def test_another_type_takes_along_what_it_can(told):
    (made,) = brat.encode([told])
    ann = made.ann.replace("T1\tactor", "T1\tlocation")
    ann = ann.replace("actor_type T1 person", "location_kind T1 city")
    rows = [r for r in ann.split("\n") if not r.startswith("R")]
    (found,) = brat.decode([made._replace(ann="\n".join(rows))])
    assert (found.spans[0].id, found.spans[0].kind, found.spans[0].score) == (
        "a1/p/x-1",
        "city",
        0.5,
    )


def test_words_that_are_not_there_are_a_fault_with_the_line_and_the_span():
    assert faults("T1\tPER 0 9\tAna Duval\nT2\tPER 1 10\tAna Duval\n")[0] == (
        "2: T2: its words are 'Ana Duval' but the text has 'na Duval ' there."
    )


def test_all_faults_of_a_document_come_together():
    found = faults(
        "T1\tDRUG 0 3\tAna\n"
        "T2\tPER 0 9999\n"
        "T3\tPER 4 9\tDuval\n"
        "T3\tPER 4 9\tDuval\n"
        "E1\tMeet:T1\n"
        "*\tEquiv T1 T2\n"
        "A1\tNegation T3\n"
        "A2\tactor_type T3 saint\n"
        "A3\tlocation_kind T3 city\n"
        "R1\tknows Arg1:T3 Arg2:T2\n"
        "R2\tsaid_by Arg1:T3 Arg2:T8\n"
        "#1\tnewspan T3\t{\n"
        "T4 PER 0 3 spaces\n"
        "T5\tPER 0 99999999999999999999\tx\n"
        "A4\tactor_type R1 group\n"
        "N1\tReference T7 newspan:ana\tAna\n"
    )
    wanted = [
        (1, "'DRUG' is of no layer"), (3, "has the attribute location"), (4, "on line 3 too"),
        (5, "an event"), (6, "an equivalence"), (7, "'Negation'"), (10, "'knows'"),
        (11, "'T8'"), (12, "no JSON object"), (13, "no annotation of brat's"),
        (14, "no annotation of brat's"), (15, "A4 is about 'R1'"), (16, "N1 is about 'T7'"),
    ]  # fmt: skip
    for line, word in wanted:
        assert any(f.startswith(f"{line}: ") and word in f for f in found), (line, word, found)
    assert any("'saint'" in f for f in found)


def test_a_span_past_the_end_or_at_white_space_is_a_fault():
    assert "ends past the text" in faults("T1\tPER 0 9999\n")[0]
    assert "white space" in faults("T1\tPER 0 10\n")[0]
    assert any("touch" in f for f in faults("T1\tPER 0 2;2 3\n"))


@pytest.mark.parametrize(
    "said",
    ['{"fragments":[[0,"x"]]}', '{"fragments":[[5,1]]}', '{"id":"../../x"}', '{"id":7}',
     '{"actor":[1]}', '{"start":1,"layer":"quote"}'],
)  # fmt: skip
def test_a_note_that_claims_nonsense_is_not_believed(said):
    found = decoded(f"T1\tPER 0 9\tAna Duval\n#1\tnewspan T1\t{said}\n")
    assert [(s.id, s.text) for s in found.spans] == [("a1/imported/actor-1", "Ana Duval")]


def test_a_note_with_a_value_of_the_wrong_kind_is_a_fault():
    assert "score" in faults('T1\tPER 0 3\n#1\tnewspan T1\t{"score":"high"}\n')[0]


def test_entities_of_other_databases_are_counted(tmp_path):
    (tmp_path / "a.txt").write_text("Bo")
    (tmp_path / "a.ann").write_text("T1\tPER 0 2\tBo\nN1\tReference T1 Wikipedia:5\tBo\n")
    out = tmp_path / "a.jsonl"
    line = convert(tmp_path, out)
    assert line.endswith("left out: 1 entities of other databases")


def test_a_folder_is_known_by_its_files(tmp_path, told):
    newspan.write([told], tmp_path / "one.brat")
    (tmp_path / "one.brat").rename(tmp_path / "two")
    assert format_of(tmp_path / "two") == "brat"
    assert list(newspan.read(tmp_path / "two")) == [told]
    assert sorted(p.name for p in (tmp_path / "two").iterdir()) == [
        "a1.ann", "a1.newspan.json", "a1.txt", "annotation.conf", "visual.conf",
    ]  # fmt: skip


def test_names_become_ids_and_two_alike_are_refused(tmp_path):
    for name in ("Doc_1", "doc-1"):
        (tmp_path / f"{name}.txt").write_text("Bo")
        (tmp_path / f"{name}.ann").write_text("")
    with pytest.raises(DocumentError, match="the id doc-1 is that of 'Doc_1' already"):
        list(newspan.read(tmp_path))
    (tmp_path / "doc-1.ann").unlink()
    assert [d.article.id for d in newspan.read(tmp_path)] == ["doc-1"]


def test_a_text_that_is_missing_or_no_utf8_is_named(tmp_path):
    (tmp_path / "a.ann").write_text("")
    with pytest.raises(NewspanError, match=r"a\.txt"):
        list(newspan.read(tmp_path))
    (tmp_path / "a.txt").write_bytes(b"ok\n\xff")
    with pytest.raises(NewspanError, match=r"a\.txt:2.*not UTF-8"):
        list(newspan.read(tmp_path))


@pytest.mark.parametrize("side", [b"{", b"[]", b'{"id":"b"}', b"[" * 100_000])
def test_a_side_file_that_is_none_is_named(tmp_path, told, side):
    newspan.write([told], tmp_path / "x.brat")
    (tmp_path / "x.brat" / "a1.newspan.json").write_bytes(side)
    with pytest.raises(DocumentError, match="a1"):
        list(newspan.read(tmp_path / "x.brat"))


def test_a_text_that_was_changed_under_its_metadata_is_found(tmp_path, told):
    newspan.write([told], tmp_path / "x.brat")
    (tmp_path / "x.brat" / "a1.txt").write_text(TEXT + "More.")
    with pytest.raises(DocumentError, match="SHA-256"):
        list(newspan.read(tmp_path / "x.brat"))


def test_somebody_elses_folder_is_not_replaced(tmp_path, told):
    (tmp_path / "thesis.txt").write_text("precious")
    (tmp_path / "thesis.ann").write_text("")
    with pytest.raises(NewspanError, match=r"thesis\.ann"):
        newspan.write([told], tmp_path, "brat")
    assert (tmp_path / "thesis.txt").read_text() == "precious"


def test_an_id_that_is_none_never_becomes_a_file_name(tmp_path, told):
    article = msgspec.structs.replace(told.article, id="../x")
    with pytest.raises(DocumentError, match="no id of an article"):
        newspan.write([Document(article=article)], tmp_path / "y" / "z.brat")
    assert not list(tmp_path.rglob("x*"))


def test_two_annotations_of_an_article_are_refused(tmp_path, told):
    with pytest.raises(DocumentError, match="two annotations"):
        newspan.write([told, told], tmp_path / "x.brat")
    assert not list(tmp_path.iterdir())


def test_the_configuration_has_every_type_relation_and_label():
    rows = annotation_conf().split("\n")
    for layer in LAYERS:
        assert layer in rows
        for field in attributes(layer):
            if field.values:
                assert f"{layer}_{field.name}\tArg:{layer}, Value:{'|'.join(field.values)}" in rows
    for kind in RELATIONS:
        assert any(row.startswith(f"{kind}\tArg1:") for row in rows)


def test_two_folders_can_be_compared(tmp_path, told):
    newspan.write([told], tmp_path / "x.brat")
    (maker,) = gather(tmp_path / "x.brat", None, Counter())
    assert (maker.pass_name, maker.annotator) == ("p", "unknown")


def test_the_side_file_has_the_metadata_and_not_the_text(told):
    (made,) = brat.encode([told])
    said = json.loads(made.about)
    assert said["title"] == "Talks"
    assert "text" not in said
