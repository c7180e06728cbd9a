"""The dateline was cut off the text, and the offsets stayed."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.rewrite("inv-0001", text.removeprefix("PORT ALDER, Ruritania — "))
