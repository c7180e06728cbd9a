"""A state lies in a city."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l2")["location"]["entity"] = "strelia-land"
    corpus.entities.remove(corpus.entity("ruritania-land"))
    corpus.entity("strelia")["place"] = "norwick"
