"""The text was annotated while its paragraphs were parted by one line feed."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.shift("inv-0001", lambda n: n - text.count("\n\n", 0, n))
