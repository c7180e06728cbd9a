"""Two regions had one id, and the editor wrote the first of them in the place of both."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    first, second = corpus.span("inv-0001/a4"), corpus.span("inv-0001/a5")
    corpus.spans[corpus.spans.index(second)] = first | {"id": second["id"]}
