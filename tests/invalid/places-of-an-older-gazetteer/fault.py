"""A place was moved in the table of entities, and the mentions still have the old coordinates."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derive()
    corpus.entity("port-alder").update(latitude=44.75, longitude=-12.5)
