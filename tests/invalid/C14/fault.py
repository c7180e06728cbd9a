"""Of a long report only the beginning is annotated."""

from validation.small_corpus import Corpus

FILLER = " The water rose and fell again before anybody could measure it." * 30


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0003")["text"]
    corpus.rewrite("inv-0003", text + FILLER)
