"""CoNLL-U Plus: the text to the letter, a column a layer, files of others, and `newspan score`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import conllu
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newspan
from newspan.annotations.compare import score
from newspan.annotations.compare.comparison import Asked
from newspan.annotations.compare.figures import Resampling
from newspan.errors import DocumentError, NewspanError
from newspan.formats.bare import bare_article, bare_span
from newspan.formats.conllup import HOLDS, decode, encode
from newspan.formats.conllup.spaces import escaped, unescaped
from newspan.formats.conllup.tokens import tokens
from newspan.formats.named import Named
from newspan.schema.model import Document
from strategies import documents_for

HEADER = (
    "# global.columns = ID FORM MISC NEWSPAN:ACTOR NEWSPAN:LOCATION NEWSPAN:NUMBER NEWSPAN:QUOTE "
    "NEWSPAN:CUE NEWSPAN:COUNTED"
)


def document(text: str, *marks: tuple[str, str, str], name: str = "a1") -> Document:
    """A document with spans (layer, words, type) at the first place of the words."""
    from newspan.formats.bare import bare_attributes

    spans = []
    for number, (layer, words, kind) in enumerate(marks):
        at = text.index(words)
        given = bare_attributes(layer, kind or None)
        place = [(at, at + len(words))]
        spans.append(bare_span(layer, f"{name}/p/{number}", place, text, given))
    ordered = sorted(spans, key=lambda s: (s.start, s.end, s.id))
    return Document(article=bare_article(name, text), spans=tuple(ordered))


def written(*found: Document) -> str:
    return b"".join(encode(found)).decode()


def read(lines: str, name: str = "My file") -> list[Document]:
    return list(decode(Named(name, lines.encode().splitlines(keepends=True))))


def spans(found: Document) -> list[tuple[str, str, str | None]]:
    return [
        (type(s).__name__.lower(), str(s.text), getattr(s, "type", getattr(s, "kind", None)))
        for s in found.spans
    ]


def test_a_report_is_written_as_the_format_says() -> None:
    report = document(
        "Ana Duval said 2,500 left.\n\nNobody else did.",
        ("actor", "Ana Duval", "person"), ("cue", "said", ""), ("number", "2,500", "count"),
    )  # fmt: skip
    assert written(report) == "\n".join([
        HEADER,
        "# newdoc id = a1",
        "# newpar",
        "# sent_id = a1-s1",
        "# text = Ana Duval said 2,500 left.",
        "1\tAna\t_\tB-person\tO\tO\tO\tO\tO",
        "2\tDuval\t_\tI-person\tO\tO\tO\tO\tO",
        "3\tsaid\t_\tO\tO\tO\tO\tB-cue\tO",
        "4\t2,500\t_\tO\tO\tB-count\tO\tO\tO",
        "5\tleft\tSpaceAfter=No\tO\tO\tO\tO\tO\tO",
        "6\t.\tSpacesAfter=\\n\\n\tO\tO\tO\tO\tO\tO",
        "",
        "# newpar",
        "# sent_id = a1-s2",
        "# text = Nobody else did.",
        "1\tNobody\t_\tO\tO\tO\tO\tO\tO",
        "2\telse\t_\tO\tO\tO\tO\tO\tO",
        "3\tdid\tSpaceAfter=No\tO\tO\tO\tO\tO\tO",
        "4\t.\tSpaceAfter=No\tO\tO\tO\tO\tO\tO",
        "",
        "",
    ])  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["  two before", "after \n\n", "\n\n", " ", "", "\u00a0", "a\n\n\n b", "one ", "a|b \\s |",
     "no\u00a0break\u2028line\r\nend ", "\ttab\x85nel\x00nul\x0bvt\x1cfs", "# newdoc id = x",
     "1\t2", "-DOCSTART- x", "_ O _", "U.S. The end. “We.” No?  ", '"', "e\u0301te\u0301 👩‍👩‍👧‍👦"],
)  # fmt: skip
def test_odd_text_comes_back_to_the_letter(text: str) -> None:
    found = Document(article=bare_article("a", text))
    assert list(decode(encode([found]))) == [found]
    first, _ = decode(encode([found, document("next", name="b")]))
    assert first == found


@given(st.text(st.sampled_from("ab.'’- \n\t\r\u00a0\u2028\x85\x1c|\\s_#12,\u0301\u200d👩")))
def test_any_text_comes_back_to_the_letter(text: str) -> None:
    found = Document(article=bare_article("a", text))
    assert list(decode(encode([found]))) == [found]


@given(st.text(), st.sets(st.integers(0, 20)))
def test_tokens_are_all_that_is_no_white_space_and_none_runs_over_a_border(
    text: str, borders: set[int]
) -> None:
    found = list(tokens(text, borders))
    assert all(start < end for start, end in found)
    assert not any(start < at < end for start, end in found for at in borders)
    assert "".join(text[start:end] for start, end in found) == "".join(text.split())


def test_words_numbers_and_signs_are_tokens() -> None:
    text = "Don’t pay US$2.5bn, e\u0301te\u0301 👩‍👩‍👧‍👦👍🏽 U.S. — 10,000!"
    assert [text[start:end] for start, end in tokens(text, ())] == [
        "Don’t", "pay", "US", "$", "2.5", "bn", ",", "e\u0301te\u0301",
        "👩‍", "👩‍", "👧‍", "👦", "👍🏽",
        "U", ".", "S", ".", "—", "10,000", "!",
    ]  # fmt: skip


def test_many_digits_and_points_are_cut_in_no_time() -> None:
    text = "1." * 200_000 + "a"
    assert sum(end - start for start, end in tokens(text, ())) == len(text)


@given(st.text())
def test_escapes_have_an_inverse(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_a_span_inside_a_word_cuts_it() -> None:
    report = document("a US$5bn deal", ("number", "5", "money"), ("counted", "bn", ""))
    assert "SpaceAfter=No\tO\tO\tB-money" in written(report)
    (found,) = read(written(report))
    assert spans(found) == [("number", "5", "money"), ("counted", "bn", None)]


def test_spans_of_two_layers_may_cross_and_those_of_one_may_touch() -> None:
    report = document(
        "AnaBo said so", ("actor", "Ana", "person"), ("actor", "Bo", "person"),
        ("quote", "Bo said", "direct"), ("cue", "said so", ""),
    )  # fmt: skip
    (found,) = read(written(report))
    assert [words for _, words, _ in spans(found)] == ["Ana", "Bo", "Bo said", "said so"]


@given(st.lists(documents_for(HOLDS, max_spans=6), max_size=1))
def test_another_library_reads_the_same_tokens(found: list[Document]) -> None:
    """conllu takes each sentence apart as we do; it drops articles without tokens."""
    lines = written(*found)
    fields = HEADER.partition("= ")[2].split()
    sentences = conllu.parse(lines, fields=[f.lower() for f in fields])
    forms = [token["form"] for sentence in sentences for token in sentence]
    assert "".join(forms) == "".join("".join((d.article.text or "").split()) for d in found)


def test_two_annotations_of_an_article_are_refused() -> None:
    report = document("Ana said", ("actor", "Ana", "person"))
    with pytest.raises(DocumentError, match="a1: is there twice"):
        written(report, report)


def test_a_file_called_conllu_is_read_but_not_written(tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match=r"Name the file \.conllup"):
        newspan.write([], tmp_path / "x.conllu")
    assert not list(tmp_path.iterdir())


# Scored against the corpus that it was written from.


def test_what_is_written_can_be_scored(tmp_path: Path) -> None:
    report = document(
        "Ana Duval\u00a0said 12 boats sank\u2028off Porto.\n\nThey left.",
        ("actor", "Ana Duval", "person"), ("cue", "said", ""), ("number", "12", "count"),
        ("location", "Porto", "city"), ("counted", "boats", ""),
    )  # fmt: skip
    newspan.write([report], tmp_path / "gold.jsonl")
    newspan.write([report], tmp_path / "x.conllup", allow_loss=True)
    asked = Asked(count_missing=True, resampling=Resampling(times=1))
    (block,) = score(tmp_path / "gold.jsonl", tmp_path / "x.conllup", asked).comparisons[0].blocks
    figures = {row.key[0]: row.figures["exact f1"].value for row in block.spans}
    assert figures == {"actor": 1, "location": 1, "number": 1, "cue": 1, "counted": 1}
    assert block.spans[0].figures["type f1"].value == 1


# Files of others.

CONLLU = """\
# generator = a tool
# newdoc id = Weblog_juancole.com-1
# newpar id = p1
# sent_id = 1
# text = Don't go to Porto (now).
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\t_
3.1\tgone\tgo\tVERB\t_\t_\t_\t_\t_\t_
4\tto\tto\tADP\t_\t_\t5\tcase\t_\t_
5\tPorto\tPorto\tPROPN\t_\t_\t3\tobl\t_\tEntity=(place-1)
6\t(\t(\tPUNCT\t_\t_\t7\tpunct\t_\tSpaceAfter=No
7\tnow\tnow\tADV\t_\t_\t3\tadvmod\t_\tLemma=x|SpaceAfter=No
8\t)\t)\tPUNCT\t_\t_\t7\tpunct\t_\tSpaceAfter=No
9\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_

# sent_id = 2
# text = So.
1\tSo\tso\tADV\t_\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_

# newpar
# text = No  more
1\tNo\tno\tDET\t_\t_\t2\tdet\t_\tSpacesAfter=\\s\\s
2\tmore\tmore\tADJ\t_\t_\t0\troot\t_\t_
"""


def test_plain_conllu_gives_its_text() -> None:
    (found,) = read(CONLLU)
    assert found.article.id == "weblog-juancole-com-1"
    assert found.article.text == "Don't go to Porto (now). So.\n\nNo  more"
    assert found.spans == ()


@pytest.mark.parametrize("change", ["\r\n", "\ufeff"])
def test_line_ends_of_windows_and_a_byte_order_mark_do_not_matter(change: str) -> None:
    lines = change + CONLLU if change == "\ufeff" else CONLLU.replace("\n", change)
    assert read(lines) == read(CONLLU)


def test_files_without_names_are_called_by_their_file(tmp_path: Path) -> None:
    path = tmp_path / "GUM_news.1.conllu"
    path.write_text(CONLLU.replace("# newdoc id = Weblog_juancole.com-1\n", ""), "utf-8")
    assert [d.article.id for d in newspan.read(path)] == ["gum-news-1"]
    two = "# newdoc\n" + CONLLU.replace("# newdoc id = Weblog_juancole.com-1", "# newdoc")
    assert [d.article.id for d in read(two)] == ["my-file", "my-file-2"]


LABELLED = """\
# global.columns = ID FORM MISC PREFIX:NER
# newdoc id = x
1-2\tdel\t_\t_
1\tde\t_\tO
2\tel\t_\tO
3\tRío\t_\tB-LOC
4\tAna\t_\tS-PER
5-6\tVámonos\tSpaceAfter=No\t_
5\tVamos\t_\tB-actor:group
6\tnos\t_\tO
7\t!\tSpaceAfter=No\tB-government_body
"""


def test_a_column_of_entities_is_read_and_so_are_multiword_tokens() -> None:
    (found,) = read(LABELLED)
    assert found.article.text == "del Río Ana Vámonos!"
    assert spans(found) == [
        ("location", "Río", "other"), ("actor", "Ana", "person"), ("actor", "Vámonos", "group"),
        ("actor", "!", "government_body"),
    ]  # fmt: skip


def test_files_put_together_are_read_each_with_its_columns() -> None:
    one = written(document("Ana said", ("actor", "Ana", "person"), name="one"))
    first, second = read(one + LABELLED)
    assert (first.article.id, second.article.id) == ("one", "x")
    assert len(second.spans) == 4


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("B-LOC", "B-DATE", r"article x: the label 'B-DATE' is of no layer|line 6"),
        ("B-actor:group", "B-actor:city", "'B-actor:city' is of no layer"),
        ("S-PER", "B-", "'B-' is of no layer"),
        ("FORM", "WORD", "line 1: the columns have no FORM"),
        ("\tS-PER", "", "line 7, article x: a column is missing"),
    ],
)
def test_what_does_not_fit_is_told(old: str, new: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        read(LABELLED.replace(old, new))


def test_all_labels_of_no_layer_are_told_together() -> None:
    with pytest.raises(DocumentError) as caught:
        read(LABELLED.replace("B-LOC", "B-DATE").replace("S-PER", "B-NORP"))
    assert [fault.line for fault in caught.value.faults] == [6, 7]
    assert all("schema/layers.json" in fault.remedy for fault in caught.value.faults)


def test_a_sentence_that_is_not_its_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(
        CONLLU.replace("PUNCT\t_\t_\t7\tpunct\t_\tSpaceAfter=No", "X\t_\t_\t_\t_\t_\t_")
    )
    with pytest.raises(DocumentError) as caught:
        list(newspan.read(path))
    (fault,) = caught.value.faults
    assert (fault.path, fault.article_id, fault.line) == (path, "weblog-juancole-com-1", 5)
    assert "'Don't go to Porto ( now) .'" in fault.message.replace('"', "'")
    assert "SpaceAfter=No" in fault.remedy


def test_two_names_that_become_one_id_are_refused() -> None:
    with pytest.raises(DocumentError, match="'News_1' and 'news 1' would have the same id"):
        read(f"{CONLLU}\n{CONLLU}".replace("Weblog_juancole.com-1", "News_1", 1).replace(
            "Weblog_juancole.com-1", "news 1"))  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (b"\xff\xfe\x00", "line 1: byte 0 of the line is not UTF-8"),
        (b"hello world\n", "a column is missing"),
        (b"# global.columns = ID FORM NEWSPAN:ACTOR\n1\tx\n", "line 2.*a column is missing"),
        (b"# newdoc id = " + b"x" * 99 + b"\n1\ta" + b"\t_" * 8, "article id|length"),
        (b"# global.columns = FORM NEWSPAN:ACTOR\n\tB\n", "empty or swapped"),
        (b"# global.columns = FORM NEWSPAN:ACTOR\n a\tB\n", "white space"),
        (b"# global.columns = ID FORM\n" + b"9" * 5000 + b"-" + b"9" * 5000 + b"\n", "missing"),
    ],
)
def test_hostile_lines_are_told(lines: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        list(decode(lines.splitlines(keepends=True)))


@pytest.mark.parametrize("number", ["9" * 5000, "1-" + "9" * 5000, "0", "0-0", "-1", "1.1.1", "²"])
def test_odd_numbers_of_tokens_are_tokens(number: str) -> None:
    (found,) = read(f"# global.columns = ID FORM\n{number}\tAna\n{number}\tsaid\n")
    assert str(found.article.text).startswith("Ana")


@given(st.lists(st.sampled_from(
    ["# newdoc id = a", "# newdoc", "# global.columns = ID FORM MISC NER", "# text = x", "", "#",
     "1\tx\tSpaceAfter=No\tB-PER", "1-2\txy\t_\tO", "2\ty\tSpacesAfter=\\n\tI-PER", "# newpar",
     "1\tx", "# spaces = \"\\s\"", "3.1\tz\t_\t_", "# ="]), max_size=12))  # fmt: skip
def test_any_lines_give_documents_or_an_error_of_ours(lines: list[str]) -> None:
    try:
        found = read("\n".join(lines))
    except NewspanError:
        return
    assert [spans(d) for d in decode(encode(found))] == [spans(d) for d in found]


def test_metadata_is_left_out_only_where_that_is_allowed(tmp_path: Path) -> None:
    report: Any = document("Ana said", ("actor", "Ana", "person"))
    noted = msgspec.structs.replace(report.spans[0], note="who?")
    with pytest.raises(DocumentError, match="1 spans with a note"):
        newspan.write([msgspec.structs.replace(report, spans=(noted,))], tmp_path / "x.conllup")
