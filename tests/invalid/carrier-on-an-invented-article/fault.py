"""An invented article says which collection carries its text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    carrier = corpus.article("wn-9001")["carrier"]
    corpus.article("inv-0003")["carrier"] = dict(carrier)
