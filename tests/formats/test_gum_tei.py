"""GUM's TEI XML: its markup as a draft of quotes. All words are invented."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

import newspan
from newspan.errors import MissingExtra, NewspanError
from newspan.formats.convert import convert
from newspan.formats.gum import tei
from newspan.schema.model import Document, Quote
from trees import SHARED

GUM = SHARED / "gum_original"
with_gum = pytest.mark.skipif(not GUM.is_dir(), reason="GUM's files are not there")


def words(line: str) -> str:
    """GUM's lines of a sentence; a word may say its tag: `thaws/VVZ`."""
    found = re.findall(r"<[^>]*>|\S+", line)
    return "\n".join(word if word.startswith("<") else tagged(word) for word in found)


def tagged(word: str) -> str:
    form, _, tag = word.rpartition("/") if "/" in word else (word, "", "")
    return f"{form}\t{tag or {'.': 'SENT', ',': ','}.get(form, 'NN')}\t_\t_\tX\tdep\t_"


def s(line: str) -> str:
    return f'<s type="decl">\n{words(line)}\n</s>\n'


def text(*parts: str, kind: str = "news", name: str = "GUM_news_keel") -> str:
    head = f'<text id="{name}" type="{kind}" author="Wikinews" title="Keel" '
    rest = 'dateCreated="2031-03-04" sourceURL="https://en.wikinews.org/wiki/Keel">'
    return f"{head}{rest}\n" + "\n".join(parts) + "\n</text>\n"


def decoded(xml: str, left_out: Counter[str] | None = None) -> Document:
    (found,) = tei.decode([(Path("keel.xml"), xml)], left_out)
    return found


def quotes(*parts: str, kind: str = "news") -> list[tuple[str | None, str, str]]:
    found = [q for q in decoded(text(*parts, kind=kind)).spans if isinstance(q, Quote)]
    return [(q.text, q.form, q.speaker) for q in found]


def test_white_space_follows_from_w_and_the_tags():
    line = "Ana 's/POS <w> deep -/HYPH sea </w> crew does n't pay 9 % ,/, she said"
    found = decoded(text("<p>", s(line + " (/( \"/`` No . \"/'' )/)"), "</p>"))
    assert found.article.text == "Ana's deep-sea crew doesn't pay 9%, she said (\"No.\")"
    apart = s("ice --/: and [...]/SENT more …/:")
    assert decoded(text("<p>", apart, "</p>")).article.text == "ice -- and [...] more …"


def test_headline_and_date_are_left_out_and_paragraphs_begin_with_elements():
    found = decoded(text(
        '<head rend="bold">', s("Keel <quote> shut </quote>"), "</head>",
        "<p>", s("<date> March/NP 4 ,/, 2031 </date>"), "</p>",
        "<p>", s("Ice ."), s("More ."), "</p>",
        "<figure><caption>", s("A pier"), "</caption></figure>",
    ))  # fmt: skip
    assert found.article.text == "Ice. More.\n\nA pier"
    assert found.article.title == "Keel"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["<p>", s("<quote> \"/`` Ice thaws/VVZ \"/'' </quote> ,/, she said"), "</p>"],
         ('"Ice thaws"', "direct", "implicit")),
        (["<p>", s("a <quote> \"/`` paper dyke \"/'' </quote> ,/, she said"), "</p>"],
         ('"paper dyke"', "mixed", "implicit")),
        (["<p>", s("she said <quote> ice thaws/VVZ </quote>"), "</p>"],
         ("ice thaws", "indirect", "implicit")),
        (["<quote>", s("Ice ."), s("More ."), "</quote>"], ("Ice. More.", "direct", "implicit")),
        (["<p>", s('<quote rend="block"> ice </quote>'), "</p>"],
         ("ice", "direct", "implicit")),
        (["<p>", s("<quote> \"/`` Ice thaws/VVZ . </quote>"), "</p>"],
         ('"Ice thaws.', "direct", "implicit")),
    ],
    ids=["direct", "mixed", "indirect", "block", "block-in-line", "broken"],
)  # fmt: skip
def test_the_form_follows_from_marks_and_a_finite_verb(parts, expected):
    assert quotes(*parts) == [expected]


def test_turns_of_an_interview_are_quotes_in_fragments_but_not_the_authors():
    left_out: Counter[str] = Counter()
    found = decoded(text(
        '<sp who="#Wikinews"><p>', s("Why ?/SENT"), "</p></sp>",
        '<sp who="#AnaVarn"><p>', s("Ice ."), "</p>",
        "<figure><caption>", s("A pier"), "</caption></figure>",
        "<p>", s("More ."), "</p></sp>", kind="interview",
    ), left_out)  # fmt: skip
    (turn,) = found.spans
    assert (turn.text, turn.note) == ("Ice. … More.", "GUM <sp>, who #AnaVarn")
    assert (turn.form, turn.speaker, turn.channel) == ("direct", "named", "interview")
    assert +left_out == {"author": 1}


def test_words_in_marks_for_another_reason_are_left_out_and_counted(tmp_path):
    path = tmp_path / "keel.xml"
    inner = s("<quote> \"/`` the <q> ' sieve ' </q> leaks/VVZ \"/'' </quote> <quote> </quote>")
    path.write_text(text("<p>", inner, "</p>"), encoding="utf-8")
    said = convert(path, tmp_path / "out.jsonl", "gum-tei")
    assert said.startswith("1 documents, 1 spans")
    assert "1 <q>, words in marks" in said
    assert "1 without words in the text" in said


def test_quotes_in_quotes_nest_and_two_elements_stay_two():
    line = (
        "<quote> \"/`` She said <quote> ' no ' </quote> \"/'' </quote> he said <quote> yes </quote>"
    )
    assert [q[0] for q in quotes("<p>", s(line), "</p>")] == [
        "\"She said ' no '\"",
        "' no '",
        "yes",
    ]


BROKEN = {
    "is not XML": "<text id='a'>",
    "holds no <text>": "<TEI/>",
    "declares a document type": '<!DOCTYPE t [<!ENTITY a "b">]><text id="a">&a;</text>',
    "a <text> within a <text>": "<text id='a'><text id='b'/></text>",
    "an <s> within an <s>": "<text id='a'><s><s/></s></text>",
    "no word in an <s>": text("loose\tNN"),
    "after 1 sentences: 'Ice' is no word": text(s("Ice"), "<s>\nIce\n</s>"),
    "has no id": "<text/>",
    "have the same id": f"<c>{text()}{text()}</c>",
    "within one another": text("<quote>" * 90_000 + "</quote>" * 90_000),
}


@pytest.mark.parametrize("message", BROKEN)
def test_a_broken_file_is_an_error_that_names_the_file(message, tmp_path):
    path = tmp_path / "keel.xml"
    path.write_text(BROKEN[message], encoding="utf-8")
    with pytest.raises(NewspanError, match=message) as caught:
        list(newspan.read(path, "gum-tei"))
    assert str(path) in str(caught.value)


def test_elements_nested_beyond_reason_are_read(tmp_path):
    deep = text("<hi>" * 50_000, s("Ice"), "</hi>" * 50_000)
    assert decoded(deep).article.text == "Ice"


def test_without_defusedxml_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    with pytest.raises(MissingExtra, match=r"newspan\[formats\]"):
        decoded(text())


@with_gum
def test_the_text_and_the_article_are_those_of_the_conllu_files():
    from_xml = {d.article.id: d.article for d in newspan.read(GUM / "xml", "gum-tei")}
    from_rows = {d.article.id: d.article for d in newspan.read(GUM / "dep", "gum")}
    assert from_xml == from_rows
    assert len(from_xml) == 29


@with_gum
def test_each_quote_of_the_files_is_a_span_of_its_words_or_is_counted():
    for path in sorted((GUM / "xml").glob("*.xml")):
        xml = path.read_text(encoding="utf-8")
        left_out: Counter[str] = Counter()
        found = decoded(xml, left_out).spans
        assert len(found) + sum(left_out.values()) == len(re.findall(r"<(?:quote|q|sp)\b", xml))
        assert left_out["q"] == len(re.findall(r"<q>", xml))
        written = Counter(
            "".join(line.partition("\t")[0] for line in inner.split("\n") if "\t" in line)
            for inner in re.findall(r"<quote\b[^>]*>(.*?)</quote>", xml, re.DOTALL)
        )
        drawn = Counter("".join(q.text.split()) for q in found if q.note == "GUM <quote>")
        assert drawn == Counter({w.replace(" ", ""): n for w, n in written.items()}), path.name
