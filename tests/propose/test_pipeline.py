"""Proposals as documents: they keep the model's rules for any text, and say what they left out."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bare import REPORT, article
from newspan.annotations.propose.arrow import proposals_schema, propose_batches
from newspan.annotations.propose.language import chosen_model, language_model
from newspan.annotations.propose.pipeline import Unread, propose
from newspan.annotations.propose.side_by_side import proposed_side_by_side
from newspan.corpus.collect import read_sources
from newspan.errors import MissingExtra
from newspan.schema.invariants import check
from newspan.schema.model import Article, Document, Entity
from newspan.schema.tables import documents, tables
from newspan.text import normalize
from trees import copy_tree


def proposed(text: str) -> Document:
    (made,) = propose([Document(article=article(text))])
    return made


def test_a_report_gets_all_six_layers_and_their_relations() -> None:
    made = check(proposed(REPORT))
    assert {type(s).__name__ for s in made.spans} == {
        "Actor", "Location", "Number", "Quote", "Cue", "Counted",
    }  # fmt: skip
    assert {"said_by", "cue_of", "counts"} <= {r.type for r in made.relations}
    for span in made.spans:
        assert span.status == "prediction"
        assert span.annotator.startswith("newspan-rules-")
        assert span.score is not None
        assert 0 < span.score <= 1


_WORDS = st.sampled_from(
    [*REPORT.split(" "), "“", "”", "‘", "’", '"', "'s", "—", "\n\n", "\n", "🚢", "שלום", "é", "3bn",
     "$", "10-12", "(", ")", "…", "[...]", "No.", "al-", "UN", "%", "½", ":", ";", "\u202e"]
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_WORDS, min_size=1, max_size=60).map(" ".join))
def test_any_text_gets_proposals_that_keep_the_rules(text: str) -> None:
    if normalize(text):
        check(proposed(text))


def test_the_same_text_gets_the_same_proposals_again() -> None:
    assert proposed(REPORT) == proposed(REPORT)


def test_names_that_can_mean_one_entity_get_its_key() -> None:
    table = {
        "tessa-varn": Entity(id="tessa-varn", kind="actor", type="person", name="Tessa Varn"),
        "state-france": Entity(id="state-france", kind="actor", type="state", name="France"),
        "loc-saltmere": Entity(id="loc-saltmere", kind="location", type="city", name="Saltmere"),
    }
    (made,) = propose([Document(article=article(REPORT))], entities=table)
    keys = {s.text: s.entity for s in made.spans if getattr(s, "entity", None)}
    assert keys["Tessa Varn"] == "tessa-varn"
    assert keys.get("Paris", "state-france") == "state-france"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (article(None), "no text"),
        (article("Neuf personnes ont été tuées.", language="fr"), "language is fr"),
        (
            article("Neuf personnes ont été tuées vendredi dans le port, a dit la police. " * 8),
            "not English",
        ),
    ],
)
def test_what_cannot_be_read_is_told(given: Article, why: str) -> None:
    left: list[Unread] = []
    (made,) = propose([Document(article=given)], unread=left)
    assert made == Document(article=given)
    assert left[0].article_id == given.id
    assert why in left[0].why


def test_an_article_without_a_word_has_no_proposals() -> None:
    left: list[Unread] = []
    (made,) = propose([Document(article=article("…"))], unread=left)
    assert made.spans == ()
    assert left == []


def test_a_very_long_article_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check(proposed("\n\n".join([REPORT] * 6)))
    monkeypatch.setattr("newspan.annotations.propose.language._LONGEST", 700)
    parts = check(proposed("\n\n".join([REPORT] * 6)))
    assert parts.article == whole.article
    numbers = [s.text for s in parts.spans if type(s).__name__ == "Number"]
    assert numbers == [s.text for s in whole.spans if type(s).__name__ == "Number"]


@pytest.mark.slow
@pytest.mark.big
def test_a_megabyte_is_read() -> None:
    made = proposed("\n\n".join([REPORT] * (1_000_000 // len(REPORT))))
    assert len(made.spans) > 20_000


def test_a_missing_model_says_what_to_install() -> None:
    with pytest.raises(MissingExtra, match="newspan\\[nlp\\]"):
        list(propose([Document(article=article(REPORT))], "no_such_model"))


def test_a_model_that_cannot_parse_is_refused(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(MissingExtra, match="has no tagger, parser, ner"):
        language_model(str(tmp_path / "blank"))


def test_the_environment_names_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPAN_SPACY_MODEL", "another")
    assert chosen_model() == "another"
    assert chosen_model("named") == "named"


def test_arrow_batches_hold_the_same_proposals(tmp_path: Path) -> None:
    sources = read_sources(copy_tree(tmp_path / "tree")).documents
    bare = [Document(article=d.article) for d in sources if d.article.text is not None]
    expected = list(propose(bare))
    batches = tables(bare).articles.to_batches(max_chunksize=2)
    made = pa.Table.from_batches(propose_batches(batches), proposals_schema())
    assert made["id"].to_pylist() == [d.article.id for d in expected]
    assert [len(spans) for spans in made["spans"].to_pylist()] == [len(d.spans) for d in expected]


@pytest.mark.slow
def test_several_processes_propose_the_same(tmp_path: Path) -> None:
    bare = [Document(article=article(REPORT, f"inv-{n:04}")) for n in range(70)]
    bare.append(Document(article=article(None, "inv-9999")))
    left: list[Unread] = []
    made = list(proposed_side_by_side(bare, None, {}, left, workers=2))
    assert made == list(propose(bare))
    assert [u.article_id for u in left] == ["inv-9999"]
    assert list(documents(tables(made))) == made
