"""A state lies in a newspaper."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("strelia")["place"] = "alder-post"
