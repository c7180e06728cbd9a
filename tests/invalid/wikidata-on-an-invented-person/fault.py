"""An invented person has the Wikidata id of somebody."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entity("ana-duval")["wikidata"] = "Q900000003"
