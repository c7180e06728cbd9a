"""An entity does not say whether it is an actor or a place."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("lakemouth")["kind"] = None
