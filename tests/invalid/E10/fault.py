"""A person has the place of a state."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("ana-duval")["place"] = "norwick"
