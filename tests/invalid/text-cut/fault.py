"""The text was cut off where a column was too narrow."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.rewrite("inv-0001", text[: text.index(" told the Alder Post")])
