"""The nested table still holds the words that a span covers in an owner's text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived_row("documents", "wn-9001")["spans"][0]["text"] = "Lakemouth"
