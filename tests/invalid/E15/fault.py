"""An invented place has the id of a real one."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("port-alder")["geonames"] = 900000002
