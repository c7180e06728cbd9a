"""Two places have one Wikidata id."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("strelia-land")["wikidata"] = "Q900000002"
