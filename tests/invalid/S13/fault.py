"""A span runs past the end of the text."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    start = corpus.span("inv-0003/d1")["start"]
    corpus.move("inv-0003/d1", start, corpus.article("inv-0003")["n_chars"] + 5)
