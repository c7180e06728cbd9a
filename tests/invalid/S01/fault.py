"""Two spans have one id."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.move("inv-0003/d1", 0, 7, region="d2")
    span["id"] = corpus.span("inv-0003/d1")["id"]
