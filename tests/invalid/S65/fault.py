"""A weight and a distance answer the same question."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0002", "two days", "two tonnes")
    corpus.span("inv-0002/n3")["number"] |= {
        "kind": "measure",
        "unit": "t",
        "figure": "flood-reach",
    }
    corpus.span("inv-0001/n12")["number"]["figure"] = "flood-reach"
