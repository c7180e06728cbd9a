"""An entity is there twice."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entities.append(dict(corpus.entity("alder-post")))
