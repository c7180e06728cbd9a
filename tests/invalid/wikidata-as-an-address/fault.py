"""A Wikidata id is written as an address."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("ilse-brandt")["wikidata"] = "https://www.wikidata.org/wiki/Q900000001"
