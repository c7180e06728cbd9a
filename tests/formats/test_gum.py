"""GUM's CoNLL-U: entities as a draft of actors and locations. All words are invented."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newspan
from newspan.corpus import carriers
from newspan.errors import DocumentError, NewspanError
from newspan.formats import gum
from newspan.formats.convert import convert
from newspan.formats.gum.brackets import mentions
from newspan.formats.gum.report import DATE_LINE, Sentence
from newspan.formats.gum.rows import Record, Row
from newspan.schema.model import Actor, Document
from trees import REPOSITORY, SHARED

DEP = SHARED / "gum_original" / "dep"
with_gum = pytest.mark.skipif(not DEP.is_dir(), reason="GUM's files are not there")

HEADER = """\
# newdoc id = GUM_news_keel
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# meta::dateCreated = 2031-03-04
# meta::sourceURL = https://en.wikinews.org/wiki/Keel
# meta::title = Keel closed
"""


def row(number: int | str, form: str, misc: str = "_", tags: str = "NOUN NN", **own: Any) -> str:
    """A row of CoNLL-U; `tags` is UPOS and XPOS; head 0 unless given."""
    upos, xpos = tags.split(" ")
    feats, head, deprel = own.get("feats", "_"), own.get("head", 0), own.get("deprel", "dep")
    return "\t".join([str(number), form, form, upos, xpos, feats, str(head), deprel, "_", misc])


def name(number: int, form: str, misc: str = "_", head: int = 0, **own: Any) -> str:
    return row(number, form, misc, "PROPN NNP", head=head, **own)


def document(*sentences: list[str], header: str = HEADER) -> str:
    return header + "".join("\n".join(rows) + "\n\n" for rows in sentences)


def decoded(text: str, left_out: Counter[str] | None = None) -> Document:
    (found,) = gum.decode([(Path("keel.conllu"), text)], left_out)
    return found


def drafts(*sentences: list[str]) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(s) for s in decoded(document(*sentences)).spans]


REPORT = document(
    ["# newpar", '# newpar_block = head rend:::"bold" (1 s)', "# text = Keel closed",
     name(1, "Keel", "Entity=(1-place-new-s-cf1-1-coref)"), row(2, "closed")],
    ["# newpar", "# newpar_block = p (1 s)", "# text = Tuesday, March 4, 2031",
     name(1, "Tuesday", "SpaceAfter=No"), row(2, ","), name(3, "March"),
     row(4, "4", "SpaceAfter=No"), row(5, ","), row(6, "2031")],
    ["# newpar", "# newpar_block = p (2 s)", "# text = Keel's mayor Ana Duval can't sail.",
     row("1-2", "Keel's"),
     name(1, "Keel", "Entity=(2-person-new-s-cf1-4,5-coref-Ana_Duval_%28mayor%29"
          "(1-place-giv-s-cf2-1-coref-Port_Keel", head=3, deprel="nmod:poss"),
     row(2, "'s", "Entity=1)", "PART POS", head=1),
     row(3, "mayor", head=7), name(4, "Ana", head=3, deprel="flat"),
     name(5, "Duval", "Entity=2)", head=3, deprel="flat"),
     row("6-7", "can't"), row(6, "ca", tags="AUX MD"), row(7, "n't"),
     row(8, "sail", "SpaceAfter=No"), row(9, ".")],
    ["# text = She waits.", row(1, "She", "Entity=(2-person-giv-s-cf1-1-ana)", "PRON PRP", head=2),
     row(2, "waits", "SpaceAfter=No"), row(3, ".")],
    ["# newpar", "# newpar_block = p (1 s)", "# text = The pilots left the harbour",
     row(1, "The", "Entity=(4-person-new-s-cf2-2-sgl", "DET DT", head=2),
     row(2, "pilots", "Entity=4)", feats="Number=Plur", head=3), row(3, "left"),
     row(4, "the", "Entity=(5-place-new-s-cf3-2-sgl", "DET DT", head=5),
     row(5, "harbour", "Entity=5)", head=3)],
)  # fmt: skip


def test_the_text_is_rebuilt_without_headline_and_date_and_spans_stand_in_it():
    left_out: Counter[str] = Counter()
    found = decoded(REPORT, left_out)
    assert found.article.text == (
        "Keel's mayor Ana Duval can't sail. She waits.\n\nThe pilots left the harbour"
    )
    drawn = [(s.id.rpartition("/")[2], s.text, s.note) for s in found.spans]
    assert drawn == [
        ("location-1", "Keel", "GUM place, entity 1, Wikipedia: Port Keel"),
        ("actor-1", "Ana Duval", "GUM person, entity 2, Wikipedia: Ana Duval (mayor)"),
        ("actor-2", "She", "GUM person, entity 2"),
        ("actor-3", "pilots", "GUM person, entity 4"),
    ]
    actors = [s for s in found.spans if isinstance(s, Actor)]
    assert [(a.type, a.mention, a.title) for a in actors] == [
        ("person", "name", "mayor"), ("person", "pronoun", None), ("group", "nominal", None),
    ]  # fmt: skip
    assert found.spans[0].usage == "associative"
    assert +left_out == {"headline": 1, "unnamed place": 1}
    assert {(s.annotator, s.annotator_kind, s.status) for s in found.spans} == {
        ("GUM (derived)", "human", "pass")
    }


def test_what_the_comments_say_goes_to_the_article():
    article = decoded(REPORT).article
    assert (article.id, article.title, article.origin) == (
        "gum-news-keel",
        "Keel closed",
        "wikinews",
    )
    assert article.published == datetime(2031, 3, 4, tzinfo=UTC)
    assert (article.license, article.publisher) == ("CC-BY-2.5", "Wikinews")
    assert (article.carrier.collection, article.carrier.record) == ("GUM", "GUM_news_keel")


def test_a_licence_is_claimed_only_where_it_is_known():
    one = [row(1, "Ice")]
    early = HEADER.replace("2031-03-04", "2005-09-24")
    assert decoded(document(one, header=early)).article.license == "LicenseRef-unknown"
    other = HEADER.replace("en.wikinews.org", "wikinews.org.example")
    assert decoded(document(one, header=other)).article.origin == "press"
    stated = HEADER + "# meta::license = CC-BY-SA-3.0\n"
    assert decoded(document(one, header=stated)).article.license == "CC-BY-SA-3.0"
    monthly = HEADER.replace("2031-03-04", "2031-03")
    assert decoded(document(one, header=monthly)).article.published.year == 1970


@pytest.mark.parametrize(
    ("rows", "words", "mention"),
    [
        ([name(1, "Dyke", "Entity=(1-organization-n", 2), name(2, "Watch", "Entity=1)")],
         "Dyke Watch", "name"),
        ([row(1, "the", "Entity=(1-organization-n", "DET DT", head=2), name(2, "University"),
          row(3, "of", head=4), name(4, "Velk", "_", 2), row(5, "in", head=6),
          name(6, "Ledora", "Entity=1)", 2)], "University of Velk", "name"),
        ([name(1, "Ana", "Entity=(1-person-n"), name(2, "Varn", "_", 1), row(3, "of", head=4),
          name(4, "Velk", "Entity=1)", 1)], "Ana Varn", "name"),
        ([name(1, "Varn", "Entity=(1-person-n|SpaceAfter=No"),
          row(2, "'s", "Entity=1)", "PART POS", head=1)], "Varn", "name"),
        ([row(1, "the", "Entity=(1-person-n", "DET DT", head=2), row(2, "crew"),
          row(3, "of", head=4), row(4, "nine", "Entity=1)", head=2)], "crew of nine", "nominal"),
        ([row(1, "The", "Entity=(1-person-n)", "DET DT")], "The", "nominal"),
        ([row(1, "their", "Entity=(1-organization-n)", "PRON PRP$", head=2), row(2, "plan")],
         "their", "pronoun"),
        ([name(1, "Pier", "Entity=(1-organization-n"), row(2, "9", "Entity=1)", "NUM CD", head=1)],
         "Pier 9", "name"),
    ],
    ids=[
        "name", "of", "of-no-person", "possessive", "nominal", "article-alone", "pronoun", "number"
    ],
)  # fmt: skip
def test_a_mention_has_the_extent_of_the_guidelines(rows, words, mention):
    (found,) = drafts(rows)
    assert (found["text"], found["mention"] if mention != "name" else "name") == (words, mention)
    assert found.get("mention", "name") == mention


def test_a_mention_in_parts_is_one_span_in_fragments():
    (found,) = drafts([
        row(1, "pilots", "Entity=(1[1/2]-person-n)"), row(2, "came"),
        row(3, "and", "Entity=(1[2/2]-person-n"), row(4, "crews", "Entity=1[2/2])"),
    ])  # fmt: skip
    assert found["text"] == "pilots … and crews"


def test_the_whole_of_a_pair_of_names_is_not_marked_again():
    left_out: Counter[str] = Counter()
    rows = [name(1, "Varn", "Entity=(3-person-n(1-person-n)"), row(2, "and", head=3),
            name(3, "Krenn", "Entity=(2-person-n)3)", 1, deprel="conj")]  # fmt: skip
    found = decoded(document(rows), left_out)
    assert [s.text for s in found.spans] == ["Varn", "Krenn"]
    assert left_out["repeated"] == 1


def test_entities_that_cross_are_left_out_and_counted():
    left_out: Counter[str] = Counter()
    rows = [row(1, "a1", "Entity=(1-person-n"), row(2, "b2", "Entity=(2-person-n"),
            row(3, "c3", "Entity=1)"), row(4, "d4", "Entity=2)")]  # fmt: skip
    assert [s.text for s in decoded(document(rows), left_out).spans] == ["a1 b2 c3"]
    assert left_out["crossing"] == 1


def test_understood_words_and_words_written_together_otherwise_hold_no_offset_back():
    found = decoded(document([
        "# text = 🔥 dunno Ana", row(1, "🔥"), row("2-3", "dunno"), row(2, "do"),
        row(3, "know", "Entity=(1-person-n)"), row("3.1", "ghost"),
        name(4, "Ana", "Entity=(2-person-n)"),
    ]))  # fmt: skip
    assert [(s.text, s.start) for s in found.spans] == [("dunno", 2), ("Ana", 8)]


def test_a_text_that_is_not_normalised_keeps_its_offsets():
    found = decoded(document([row(1, "e\u0301te\u0301", "Entity=(1-person-n)"), row(2, "end")]))
    assert (found.spans[0].text, found.article.normalization) == ("e\u0301te\u0301", "none")


ICE = row(1, "Ice")
BROKEN = {
    "never closed": document([row(1, "Ice", "Entity=(1-person-n")]),
    "closes no entity": document([row(1, "Ice", "Entity=1)")]),
    "no brackets of entities": document([row(1, "Ice", "Entity=1-person")]),
    "not the next part": document([row(1, "Ice", "Entity=(1[2/2]-person-n)")]),
    r"1\[…\]” is never closed": document([row(1, "Ice", "Entity=(1[1/2]-person-n)")]),
    "type 'spirit' are unknown": document([row(1, "Ice", "Entity=(1-spirit-n)")]),
    "no row of CoNLL-U": document(["1 Ice thaws"]),
    "no row of CoNLL-U: '99999999": document([ICE.replace("1", "9" * 5000, 1)]),
    "HEAD is 'x'": document([row(1, "Ice", head="x")]),
    "without a form": document([row(1, "")]),
    "its “# text” is another": document(["# text = Ice thaws", ICE]),
    "before any “# newdoc id”": document([ICE], header=""),
    "holds no words": HEADER,
    "names no GRP and etype": document([ICE], header=HEADER.replace("GRP-etype", "a-b")),
    "An article id is lower-case": document([ICE], header=HEADER.replace("GUM_news_keel", "___")),
    "have the same id": document([ICE]) + document([ICE], header=HEADER.replace("_", "-")),
}


@pytest.mark.parametrize("message", BROKEN)
def test_a_broken_file_is_an_error_that_names_the_file(message, tmp_path):
    path = tmp_path / "keel.conllu"
    path.write_text(BROKEN[message], encoding="utf-8")
    with pytest.raises(NewspanError, match=message) as caught:
        list(newspan.read(path, "gum"))
    assert str(path) in str(caught.value)


def test_a_fault_names_the_line():
    with pytest.raises(DocumentError) as caught:
        decoded(document([ICE], [row(1, "Ice", "Entity=(1-person-n")]))
    assert caught.value.faults[0].line == 8


def test_many_nested_entities_are_read(tmp_path):
    opened = "".join(f"({n}-abstract-n" for n in range(20_000))
    closed = "".join(f"{n})" for n in reversed(range(20_000)))
    left_out: Counter[str] = Counter()
    decoded(document([row(1, "a", f"Entity={opened}"), row(2, "b", f"Entity={closed}")]), left_out)
    assert left_out["abstract"] == 20_000


def test_a_folder_is_read_and_what_is_left_out_is_said(tmp_path):
    folder = tmp_path / "dep"
    folder.mkdir()
    for which in ("keel", "velk"):
        text = REPORT.replace("keel", which)
        (folder / f"GUM_news_{which}.conllu").write_text(text, encoding="utf-8")
    said = convert(folder, tmp_path / "out.jsonl", "gum")
    assert said.startswith("2 documents, 8 spans")
    assert "left out: 2 in the headline or the line of the date; 2 of type place without" in said
    assert len(list(newspan.read(tmp_path / "out.jsonl"))) == 2
    with pytest.raises(NewspanError, match=r"holds no file \.conllu"):
        newspan.read(tmp_path, "gum")


@st.composite
def bracketed(draw: st.DrawFn) -> tuple[list[str], set[tuple[str, tuple[tuple[int, int], ...]]]]:
    """(Entity= of each word, mentions as groups with their runs): nested, never crossing."""
    size = draw(st.integers(1, 8))
    opens, closes = [""] * size, [""] * size
    wanted = set()

    def fill(first: int, last: int, depth: int) -> None:
        group = f"g{len(wanted)}"
        wanted.add((group, ((first, last),)))
        opens[first] += f"({group}-person-n"
        if depth < 3 and draw(st.booleans()):
            inner = draw(st.integers(first, last))
            fill(inner, draw(st.integers(inner, last)), depth + 1)
        closes[last] += f"{group})"

    at = 0
    while at < size:
        end = draw(st.integers(at, size - 1))
        fill(at, end, 0)
        at = end + 1
    return [o + c for o, c in zip(opens, closes, strict=True)], wanted


@given(bracketed())
def test_brackets_give_back_the_entities_they_were_made_of(made):
    entities, wanted = made
    rows = [Row(n, "w", "X", "X", False, 0, "dep", e, n) for n, e in enumerate(entities, start=1)]
    record = Record("r", 1, {}, (), [Sentence("", (), None)], [rows])
    assert {(m.group, m.runs) for m in mentions(record, Path("r"))} == wanted


def test_the_line_of_the_date_is_judged_as_when_texts_are_hydrated():
    assert DATE_LINE.pattern == carriers._DATE_LINE.pattern


ENTITY = re.compile(r"[\t|]Entity=([^|\t\n]*)")


@with_gum
def test_no_mention_is_lost_uncounted():
    """Each opening bracket of the files is a span or is counted with its reason."""
    for path in sorted(DEP.glob("*.conllu")):
        text = path.read_text(encoding="utf-8")
        opened = Counter(
            kind
            for entity in ENTITY.findall(text)
            for kind in re.findall(r"\([^-]+-([a-z]+)", entity)
        )
        left_out: Counter[str] = Counter()
        made = Counter(s.note.split()[1].rstrip(",") for s in decoded(text, left_out).spans)
        for kind, mapped in gum.mapping.ETYPES.items():
            if not mapped.layer:
                assert left_out[kind] == opened[kind], (path.name, kind)
                assert not made[kind]
        others = sum(
            left_out[term] for term in ("unnamed place", "headline", "repeated", "crossing")
        )
        mapped_kinds = ("person", "organization", "place")
        assert sum(opened[k] for k in mapped_kinds) == sum(made.values()) + others, path.name
        assert sum(made.values()) > 20, path.name


@with_gum
def test_every_span_has_words_of_a_mention_of_its_entity():
    for path in sorted(DEP.glob("*.conllu")):
        text = path.read_text(encoding="utf-8")
        mentioned: dict[str, list[str]] = {}
        open_: list[tuple[str, str]] = []
        forms = [
            c for line in text.split("\n") if re.match(r"\d+\t", line) for c in [line.split("\t")]
        ]
        for columns in forms:
            entity = ENTITY.search("\t" + columns[9])
            opening = re.findall(r"\((\d+)-([a-z]+)", entity[1]) if entity else []
            open_ += [(f"GUM {kind}, entity {group}", "") for group, kind in opening]
            open_ = [(key, words + columns[1]) for key, words in open_]
            for _ in range(entity[1].count(")") if entity else 0):
                key, words = open_.pop()  # in these files they nest
                mentioned.setdefault(key, []).append(words)
        for span in decoded(text).spans:
            key = span.note.partition(", Wikipedia")[0]
            words = "".join(span.text.split())
            assert any(words in "".join(m.split()) for m in mentioned[key]), (path.name, span.id)


@with_gum
def test_the_text_is_that_of_the_carrier_and_of_our_records():
    carried = {c.record: c for c in carriers.read_carrier("gum", DEP)}
    found = {d.article.carrier.record: d.article for d in newspan.read(DEP, "gum")}
    assert carried.keys() == found.keys()
    for record, article in found.items():
        assert article.text == "\n\n".join(carried[record].readings[0]), record
        assert article.normalization == "newspan-1"
    records = [json.loads(p.read_text()) for p in (REPOSITORY / "corpus/standoff").glob("*/*.json")]
    ours = [r for r in records if r["carrier"]["collection"] == "GUM"]
    assert len(ours) == 2
    for known in ours:
        article = found[known["carrier"]["record"]]
        assert article.text_sha256 == known["text_sha256"]
        assert article.paragraph_sha256 == tuple(known["paragraph_sha256"])
        assert (article.license, f"{article.published:%F}") == (
            known["license"], known["published"][:10],
        )  # fmt: skip
