"""The index of phenomena: each rule finds what it names in a few lines, and nothing beside it."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict

import pytest

from newspan.corpus.phenomena import counts_markdown, index, index_csv, meanings
from newspan.errors import NewspanError
from newspan.formats.bare import bare_article
from newspan.formats.marks import Annotator, decode
from newspan.schema.fields import attributes
from newspan.schema.model import SPLITS, Document, layer_of

TEXTS = {
    "broken-quote": (
        "“We saw it,” Bo said, “and ran.” Ann said it “fell”.",
        """q1 quote `“We saw`..`it,”` + `“and ran.”` form=direct speaker=named
q2 quote `it “fell”` form=mixed speaker=named""",
        "q1",
    ),
    "quote-over-paragraphs": (
        "“We saw it.\n\n“We ran,” Bo said, “at once.”",
        """q1 quote `“We saw`..`it.`@p1 + `“We ran,”` + `“at once.”` form=direct speaker=named""",
        "q1",
    ),
    "chain-of-sources": (
        "Bo said Ann had said it rained. Bo said he had said it snowed. The radio had it from Bo.",
        """a1 actor `Bo`@p1.1 type=person
a2 actor `Ann` type=person
a3 actor `The radio` type=medium mention=nominal
q1 quote `Ann had said`..`rained` form=indirect speaker=named
q2 quote `it rained` form=indirect speaker=named
q3 quote `he had said`..`snowed` form=indirect speaker=named
q4 quote `it snowed` form=indirect speaker=named
q5 quote `it from Bo` form=indirect speaker=named
q1 said_by a1
q2 said_by a2
q3 said_by a1
q4 said_by a1
q5 via a3""",
        "q2 q5",
    ),
    "coordinated-sources": (
        "Bo and Ann said it rained. Bo said it snowed.",
        """a1 actor `Bo`@p1.1 type=person
a2 actor `Ann` type=person
q1 quote `it rained` form=indirect speaker=named
q2 quote `it snowed` form=indirect speaker=named
q1 said_by a1
q1 said_by a2
q2 said_by a1""",
        "q1",
    ),
    "town-and-country": (
        "In Porto, Velsa, and in Lurna, north of Velsa.",
        """l1 location `Porto` kind=city unresolved
l2 location `Velsa`@p1.1 kind=country unresolved
l3 location `Lurna` kind=city unresolved
l1 located_in l2
l3 located_in l2""",
        "l1",
    ),
    "relative-place": (
        "Lurna, 40 km north of Porto; off the coast of Velsa; the north of the Sava; in Arrel.",
        """l1 location `Lurna` kind=city unresolved
l2 location `Porto` kind=city unresolved
l3 location `Velsa` kind=country unresolved
l4 location `Arrel` kind=city unresolved""",
        "l2 l3",
    ),
    "fraction": (
        "Two thirds of 40 fled, half in May.",
        """n1 number `Two thirds` kind=ratio value=2/3 counted_class=person
n2 number `40` kind=count value=40 counted_class=person
n3 number `half` kind=ratio value=1/2 counted_class=person""",
        "n1 n3",
    ),
    "shared-counted": (
        "Two to 40 men, 3 women and 4 boats left: 40 and 60 soldiers came.",
        """n1 number `40`@p1.2 kind=count value=40 counted_class=soldier
n2 number `60` kind=count value=60 counted_class=soldier
n3 number `3` kind=count value=3 counted_class=person
k1 counted `soldiers`
k2 counted `women`
n1 counts k1
n2 counts k1
n3 counts k2""",
        "n1 n2",
    ),
    "corrected-figure": (
        "It was 12, not 18, and nobody was lost. There were no 3.",
        """n1 number `12` kind=count value=12 counted_class=person figure=x
n2 number `18` kind=count value=18 counted_class=person figure=x factuality=negated
n3 number `nobody` kind=count value=0 counted_class=person figure=y factuality=negated
n4 number `3` kind=count value=3 counted_class=person factuality=negated""",
        "n2",
    ),
    "name-with-apostrophe": (
        "Ann O’Neil, Ucha K'obaleli and Qal’amur met Bo’s men in the drivers’ bar.",
        """a1 actor `Ann O’Neil` type=person
a2 actor `Ucha K'obaleli` type=person
l1 location `Qal’amur` kind=city unresolved
a3 actor `Bo’s men` type=group
a4 actor `drivers’ bar` type=group""",
        "a1 a2 l1",
    ),
    "name-with-diacritics": (
        "Cătălin met Bo. A façade fell.",
        """a1 actor `Cătălin` type=person
a2 actor `Bo` type=person
k1 counted `façade`""",
        "a1",
    ),
    "astral-characters": ("All well 🚢🚢 they wrote. Come 🍞 soon.", "", "9:11 29:30"),
    "right-to-left": ("The wall read خبز نان, “bread”; the bag מתנה.", "", "14:21 40:44"),
    "nested-quote": (
        "“She told me ‘go’,” Bo said. “Go.”",
        """q1 quote `“She told`..`,”` form=direct speaker=named
q2 quote `‘go’` form=direct speaker=named
q3 quote `“Go.”` form=direct speaker=named""",
        "q2",
    ),
}
"""Phenomenon to (text, marks, the regions or stretches that show it)."""


def document(text: str, marks: str) -> Document:
    article = bare_article("inv-1", text)
    return decode(marks, article, Annotator("a", "model"))


@pytest.mark.parametrize("name", TEXTS)
def test_a_rule_finds_what_it_names_and_nothing_beside_it(name: str) -> None:
    text, marks, wanted = TEXTS[name]
    found = [e for e in index([document(text, marks)]) if e.phenomenon == name]
    said = [e.span_id.rpartition("/")[2] or f"{e.start}:{e.end}" for e in found]
    assert said == wanted.split()


def test_every_value_of_an_attribute_is_a_phenomenon_of_its_own() -> None:
    made = document(
        "Between 3 and 5 a day. Up to 9. Another 4 may come. He would not say it.",
        """n1 number `Between`..`5` kind=count low=3 high=5 modifier=range per=d
n2 number `Up to 9` kind=count high=9 modifier=at_most
n3 number `Another 4` kind=count value=4 scope=increment factuality=possible elliptical
q1 quote `it`@p1 form=indirect speaker=anonymous polarity=declined""",
    )
    names = {e.span_id[-2:]: set() for e in index([made])}
    for entry in index([made]):
        names[entry.span_id[-2:]].add(entry.phenomenon)
    assert names == {
        "n1": {"range", "rate"},
        "n2": {"at-most"},
        "n3": {"increment", "possible-figure", "ellipsis"},
        "q1": {"declined-quote", "anonymous-speaker"},
    }


def test_figures_that_exclude_each_other_are_in_the_index_of_our_corpus() -> None:
    import newspan
    from newspan.corpus.claims import claims_table, questions

    entries = index(newspan.load().documents(), questions(claims_table()))
    conflicting = {e.span_id for e in entries if e.phenomenon == "conflicting-figure"}
    asked = [q for q in questions(claims_table()) if q.contradictions]
    assert conflicting == {c["id"] for q in asked for pair in q.contradictions for c in pair}
    rows = list(csv.DictReader(io.StringIO(index_csv(entries))))
    assert len(rows) == len(entries)
    assert {row["phenomenon"] for row in rows} == set(meanings())


def test_the_corpus_has_every_phenomenon_fifteen_times_and_in_every_split() -> None:
    import newspan
    from newspan.corpus.claims import claims_table, questions

    entries = index(newspan.load().documents(), questions(claims_table()))
    for name in meanings():
        own = [e for e in entries if e.phenomenon == name]
        assert len(own) >= 15, name
        assert {e.split for e in own} == set(SPLITS), name


def test_every_label_that_is_used_often_enough_is_in_every_split() -> None:
    import newspan

    found: dict[tuple[str, str, object], Counter[str | None]] = defaultdict(Counter)
    for document in newspan.load().documents():
        split = document.article.split
        for span in document.spans:
            layer = layer_of(span)
            for field in attributes(layer):
                if field.values or field.base is bool:
                    found[layer, field.name, getattr(span, field.name)][split] += 1
        for relation in document.relations:
            found["relation", relation.type, ""][split] += 1
    for label, counts in found.items():
        assert counts.total() < 15 or set(counts) == set(SPLITS), label


def test_counts_are_those_of_the_entries() -> None:
    entries = index([document(*TEXTS["fraction"][:2])])
    assert "| `fraction` | a half, two thirds | 2 | 1 | 0 | 0 | 0 |" in counts_markdown(entries)


def test_an_unknown_phenomenon_is_named_with_its_neighbours() -> None:
    from newspan.browse.terminal_phenomena import of_phenomenon

    with pytest.raises(NewspanError, match=r"no phenomenon 'brocken'.*broken-quote"):
        of_phenomenon([], "brocken")
    with pytest.raises(NewspanError, match=r"no split 'dev'"):
        of_phenomenon([], "zero", "dev")
