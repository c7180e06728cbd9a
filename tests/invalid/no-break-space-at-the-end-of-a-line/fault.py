"""A line ends in a no-break space."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.rewrite("inv-0001", text + "\n\nMore follows.\u00a0\nThen the rest.")
