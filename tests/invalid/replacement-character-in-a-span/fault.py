"""A letter of a name became a replacement character."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.rewrite("inv-0001", text.replace("Strelsk", "Strel\ufffdk"))
