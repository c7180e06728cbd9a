"""An actor is mentioned in a way that the model does not know."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a4")["actor"]["mention"] = "noun"
