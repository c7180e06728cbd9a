"""What people do with the corpus first, done with the tools that they use."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import datasets
import duckdb
import openpyxl
import pandas as pd
import pytest
import spacy
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from spacy.tokens import DocBin
from spacy.training import Example
from spacy.util import filter_spans, fix_random_seed

import newspan
from typed import Run
from wordpieces import marked, trained


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


@pytest.mark.slow
def test_spacy_learns_names_from_the_doc_bin(tmp_path: Any) -> None:
    path = tmp_path / "short.spacy"
    whole = [d for d in newspan.load().documents() if d.article.text and d.article.split == "train"]
    newspan.write(sorted(whole, key=lambda d: d.article.n_chars)[:5], path)

    nlp = spacy.blank("en")
    docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    for doc in docs:  # as the module's documentation says
        doc.ents = filter_spans([*doc.spans["actor"], *doc.spans["location"]])
    assert sum(len(doc.ents) for doc in docs) > 50

    fix_random_seed(0)
    nlp.add_pipe("ner")
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.005
    for turn in range(30):
        random.Random(turn).shuffle(examples)
        for example in examples:
            nlp.update([example], sgd=optimizer)
    learnt = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
    assert learnt["ents_f"] > 0.8

    # What it finds goes back the same way.
    found = list(nlp.pipe(doc.text for doc in docs))
    DocBin(docs=found).to_disk(tmp_path / "found.spacy")
    back = list(newspan.read(tmp_path / "found.spacy"))
    assert [d.article.text for d in back] == [doc.text for doc in docs]
    assert [len(d.spans) for d in back] == [len(doc.ents) for doc in found]


@pytest.mark.parametrize(
    ("words", "label", "gain"), [("text", "form", 0.2), ("source", "speaker", 0.03)]
)
def test_words_tell_the_form_of_a_quote_and_the_kind_of_speaker(
    words: str, label: str, gain: float
) -> None:
    quotations = newspan.load_dataset("quotations").filter(lambda row: row[words] is not None)
    train, test = quotations["train"], quotations["test"]
    features = CountVectorizer(token_pattern=r"\w+|[^\w\s]", ngram_range=(1, 2))
    model = make_pipeline(features, LogisticRegression(max_iter=1000))
    model.fit(train[words][:], train[label][:])
    majority = DummyClassifier().fit(train[words][:], train[label][:])
    reached = model.score(test[words][:], test[label][:])
    assert reached > majority.score(test[words][:], test[label][:]) + gain


def inside(span: dict[str, Any], other: dict[str, Any]) -> bool:
    within = other["start"] <= span["start"] and span["end"] <= other["end"]
    return within and span is not other


@pytest.mark.parametrize("layer", ["actor", "location", "number", "cue"])
def test_labels_of_tokens_are_the_spans_of_whole_reports(layer: str) -> None:
    rows = newspan.load_dataset("documents", "validation").filter(lambda r: r["text"] is not None)
    batch = rows[:]
    encoded = newspan.to_token_labels(batch, trained(batch["text"]), layer)
    names = newspan.token_label_names(layer)
    number = rows.features["spans"].feature["layer"].str2int(layer)
    wanted = found = same = 0
    for row, (text, spans) in enumerate(zip(batch["text"], batch["spans"], strict=True)):
        own = [s for s in spans if s["layer"] == number]
        flat = [s["text"] for s in own if not any(inside(s, other) for other in own)]
        words = [words for _, words in marked(encoded, row, text, names)]
        wanted, found = wanted + len(flat), found + len(words)
        same += sum(a == b for a, b in zip(sorted(flat), sorted(words), strict=True))
    assert wanted == found > 20
    assert same / wanted > 0.98  # a piece of a word or two may run over a span's edge


QUESTION = """
SELECT story, figure, count(DISTINCT source_entity) AS sources,
       min(low_float) AS least, max(high_float) AS most
FROM read_parquet('{claims}/*.parquet')
WHERE property = 'killed' AND scope = 'total' AND factuality = 'actual'
  AND polarity IS DISTINCT FROM 'denied' AND figure IS NOT NULL
GROUP BY story, figure
HAVING sources > 1 AND least < most
ORDER BY story, figure
"""
"""Which counts of deaths do sources differ on, and between which figures?"""


def test_duckdb_and_pandas_agree_on_which_death_counts_differ() -> None:
    folder = newspan.path() / "corpus/tables/claims"
    asked = duckdb.sql(QUESTION.format(claims=folder)).fetchall()

    claims = pd.concat(map(pd.read_parquet, sorted(folder.glob("*.parquet"))))
    killed = claims[
        (claims.property == "killed") & (claims.scope == "total") & (claims.factuality == "actual")
        & (claims.polarity != "denied") & claims.figure.notna()
    ]  # fmt: skip
    lined_up = killed.groupby(["story", "figure"], observed=True).agg(
        sources=("source_entity", "nunique"), least=("low_float", "min"), most=("high_float", "max")
    )
    differ = lined_up[(lined_up.sources > 1) & (lined_up.least < lined_up.most)].reset_index()

    assert [tuple(row) for row in differ.itertuples(index=False)] == asked
    assert ("melvera-truce", "port-killed", 4, 5.0, 16.0) in asked
    assert len(asked) > 5


def test_documents_stream_with_offsets_that_fit() -> None:
    streams = datasets.load_dataset(str(newspan.path()), "documents", streaming=True)
    quotes = streams["train"].features["spans"].feature["layer"].str2int("quote")
    seen = 0
    for row in streams["train"].filter(lambda r: r["text"] is not None).take(10):
        for span in row["spans"]:
            parts = [row["text"][f["start"] : f["end"]] for f in span["fragments"]]
            assert " … ".join(parts) == span["text"]
            seen += span["layer"] == quotes
    assert seen > 20


def test_claims_open_as_a_spreadsheet(run: Run, tmp_path: Any) -> None:
    path = tmp_path / "claims.xlsx"
    code, out, _ = run("claims", "--export", path)
    assert (code, f"claims → {path}" in out) == (0, True)
    sheet = openpyxl.load_workbook(path)["claims"]
    header, *rows = sheet.iter_rows(values_only=True)
    claims = newspan.load_dataset("claims")
    assert list(header) == claims["train"].column_names
    assert len(rows) == sum(len(split) for split in claims.values())
    by_id = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    first = by_id["inv-0101/adjudicated/n1"]
    assert (first["low_float"], first["counted"], first["property"]) == (7, "people", "killed")
    cells = [cell for row in rows for cell in row if isinstance(cell, str)]
    assert not any(cell.startswith("=") for cell in cells)
