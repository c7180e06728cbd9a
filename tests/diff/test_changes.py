"""What changed is found, all of it, and nothing else is said to have changed."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newspan.annotations.diff import RENDERERS, Difference, difference
from newspan.annotations.diff.shift import Shift
from newspan.corpus.load import Corpus
from newspan.formats.bare import bare_article
from newspan.formats.marks import Annotator, decode
from newspan.schema.invariants import check, slice_text
from newspan.schema.model import Document, Entity, Fragment
from strategies import corpora, texts

TEXT = "At least eight people died in Porto, Bo said. Ann said it was nine."
MARKS = """n1 number `At least eight` kind=count low=8 modifier=at_least counted_class=person
k1 counted `people`
l1 location `Porto` kind=city unresolved
a1 actor `Bo` type=person
a2 actor `Ann` type=person
q1 quote `it was nine` form=indirect speaker=named
n1 counts k1
n1 according_to a1
q1 said_by a2"""


def document(
    text: str = TEXT, marks: str = MARKS, name: str = "inv-1", **about: object
) -> Document:
    article = msgspec.structs.replace(bare_article(name, text), **about)
    return decode(marks, article, Annotator("a", "model"))


def changes(old: str, new: str, text: str = TEXT, now: str | None = None) -> Difference:
    """What `difference` finds between two markings of a text, or of two texts."""
    corpora = [
        Corpus.from_documents([document(t, m)]) for t, m in ((text, old), (now or text, new))
    ]
    return difference(*corpora)


def told(found: Difference) -> list[tuple[str, tuple[str, ...], list[str]]]:
    return [
        ((s.new or s.old).id.rpartition("/")[2], s.kinds, [name for name, _, _ in s.fields])
        for a in found.articles
        for s in a.spans
    ]


@given(corpora())
def test_a_corpus_does_not_differ_from_itself(found: list[Document]) -> None:
    made = difference(Corpus.from_documents(found), Corpus.from_documents(found))
    assert not made
    assert made.step == "none"
    assert RENDERERS["text"](made) == "They are the same.\n"


@given(corpora(), corpora())
def test_changes_one_way_are_the_changes_back_reversed(a, b) -> None:
    one, other = Corpus.from_documents(a), Corpus.from_documents(b)
    there, back = difference(one, other), difference(other, one)
    turned = {"added": "removed", "removed": "added"}
    assert [(c.article.id, turned.get(c.kind, c.kind)) for c in there.articles] == [
        (c.article.id, c.kind) for c in back.articles
    ]
    for change, reverse in zip(there.articles, back.articles, strict=True):
        same_text = not change.text_changed
        assert len(change.fields) == len(reverse.fields)
        if same_text:
            assert len(change.spans) == len(reverse.spans)
            assert len(change.relations) == len(reverse.relations)


@given(st.data(), corpora())
def test_a_span_taken_away_is_the_only_change_with_its_relations(data, found) -> None:
    assume(any(d.spans for d in found))
    at = data.draw(st.sampled_from([i for i, d in enumerate(found) if d.spans]))
    gone = data.draw(st.sampled_from(found[at].spans))
    left = msgspec.structs.replace(
        found[at],
        spans=tuple(s for s in found[at].spans if s.id != gone.id),
        relations=tuple(r for r in found[at].relations if gone.id not in (r.head, r.tail)),
    )
    after = [*found[:at], check(left), *found[at + 1 :]]
    made = difference(Corpus.from_documents(found), Corpus.from_documents(after))
    (change,) = made.articles
    assert [(s.old, s.kinds) for s in change.spans] == [(gone, ("removed",))]
    assert len(change.relations) == len(found[at].relations) - len(left.relations)


CASES = {
    "attribute": (("kind=count low=8 modifier=at_least", "kind=count low=8 modifier=more_than"),
                  [("n1", ("attributes",), ["modifier"])]),
    "place": (("`At least eight`", "`eight`"), [("n1", ("moved",), [])]),
    "id": (("a2", "a7"), [("a7", ("attributes",), ["id"])]),
    "added": (("k1 counted `people`", "k1 counted `people`\na3 actor `people` type=group"),
              [("a3", ("added",), [])]),
    "layer": (("l1 location `Porto` kind=city unresolved", "a9 actor `Porto` type=state"),
              [("a9", ("relabelled", "attributes"), ["layer", "id"])]),
    "id and place": (("a1 actor `Bo`", "a8 actor `Bo said`"), [("a8", ("moved", "attributes"),
                     ["id"])]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_edit_is_told_as_what_it_is(case: str) -> None:
    (old, new), wanted = CASES[case]
    marks = MARKS.replace(old, new)
    if case.startswith("id"):
        name, other = (wanted[0][0], "a1" if "Bo" in old else "a2")
        marks = marks.replace(f"by {other}", f"by {name}").replace(f"to {other}", f"to {name}")
    found = changes(MARKS, marks)
    assert told(found) == wanted
    assert not [r for a in found.articles for r in a.relations]


def test_a_relation_that_goes_elsewhere_is_told_with_both_its_ends() -> None:
    found = changes(MARKS, MARKS.replace("q1 said_by a2", "q1 said_by a1"))
    report = RENDERERS["text"](found)
    assert "- q1 quote “it was nine” said_by a2 actor “Ann”" in report
    assert "+ q1 quote “it was nine” said_by a1 actor “Bo”" in report


def test_an_edit_of_the_text_moves_nothing_behind_it() -> None:
    now = TEXT.replace("in Porto", "in the old town of Porto")
    found = changes(MARKS, MARKS, now=now)
    (change,) = found.articles
    assert change.text_changed
    assert change.spans == ()
    assert "Articles: 1 changed, 1 with another text." in RENDERERS["text"](found)


def test_a_span_whose_words_were_edited_is_not_lost() -> None:
    found = changes(MARKS, MARKS.replace("`Bo`", "`Bob`"), now=TEXT.replace("Bo ", "Bob "))
    assert told(found) == []
    assert [name for name, _, _ in found.articles[0].fields] == ["text", "text_sha256"]


@given(texts(), st.integers(0, 400), st.text(st.sampled_from("ab 👍é\n"), max_size=12), st.data())
def test_a_place_outside_an_edit_keeps_its_words(text: str, at: int, added: str, data) -> None:
    at = min(at, len(text))
    cut = data.draw(st.integers(0, min(10, len(text) - at)))
    now = text[:at] + added + text[at + cut :]
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    assume(edges[0] < edges[1])
    place = Fragment(*edges)
    moved = Shift(text, now).fragment(place)
    assert 0 <= moved.start <= moved.end <= len(now)
    if text == now:
        assert moved == place


def test_a_place_behind_an_edit_is_found_again() -> None:
    old, new = "one two three 👍 four", "one 2 and three 👍 four five"
    shift = Shift(old, new)
    for words in ("one", "three", "👍 four"):
        start = old.index(words)
        assert slice_text(new, [shift.fragment(Fragment(start, start + len(words)))]) == words
    start = old.index("two")
    assert slice_text(new, [shift.fragment(Fragment(start, start + 3))]) == "2 and"


def test_entities_that_come_go_and_change() -> None:
    def corpus(*entities: Entity) -> Corpus:
        return Corpus.from_documents([document()], {e.id: e for e in entities})

    bo = Entity(id="bo", kind="actor", type="person", name="Bo")
    found = difference(
        corpus(bo, Entity(id="ann", kind="actor", type="person")),
        corpus(
            msgspec.structs.replace(bo, name="Bo Lim"), Entity(id="cy", kind="actor", type="state")
        ),
    )
    assert [(key, {c[0] for c in changes}) for key, changes in found.entities] == [
        ("ann", {"id", "kind", "type"}), ("bo", {"name"}), ("cy", {"id", "kind", "type"}),
    ]  # fmt: skip
    assert found.step == "patch"
    assert "Entities: 1 added, 1 changed, 1 removed." in RENDERERS["text"](found)


@pytest.mark.parametrize(
    ("split", "step"), [("test", "major"), ("train", "minor"), ("validation", "minor")]
)
def test_the_step_is_major_where_test_labels_change(split: str, step: str) -> None:
    old = Corpus.from_documents([document(split=split)])
    marks = MARKS.replace("a1 actor `Bo` type=person", "a1 actor `Bo` type=group")
    assert difference(old, Corpus.from_documents([document(marks=marks, split=split)])).step == step
    renamed = document(split=split, publisher="The Post")
    assert difference(old, Corpus.from_documents([renamed])).step == "patch"
    assert difference(old, Corpus.from_documents([document(split="test")])).step == (
        "none" if split == "test" else "major"
    )


def test_json_gives_both_sides_and_no_text_of_an_article() -> None:
    found = changes(MARKS, MARKS.replace("`At least eight`", "`eight`"))
    made = json.loads(RENDERERS["json"](found))
    (article,) = made["articles"]
    (span,) = article["spans"]
    assert (span["changes"], span["old"]["fragments"], span["new"]["fragments"]) == (
        ["moved"], [[0, 14]], [[9, 14]],
    )  # fmt: skip
    assert made["step"] == "minor"


def test_markdown_quotes_nothing_that_means_something() -> None:
    text = TEXT.replace("Porto", "<b>*[x](y)*</b>")
    marks = MARKS.replace("`Porto`", "`<b>*[x](y)*</b>`")
    found = changes(marks, marks.replace("kind=city", "kind=region"), text=text)
    report = RENDERERS["markdown"](found)
    assert "<b>" not in report
    assert "](y)" not in report
    assert "&#60;b&#62;" in report
