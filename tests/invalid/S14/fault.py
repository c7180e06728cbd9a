"""A span's text is not what stands at its offsets."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/d1")["text"] = "mines"
