"""The nested table still holds an owner's headline."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived_row("documents", "wn-9001")["title"] = "Crane falls on hall"
