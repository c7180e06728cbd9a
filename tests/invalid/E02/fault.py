"""An entity has no type."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("alder-post")["type"] = None
