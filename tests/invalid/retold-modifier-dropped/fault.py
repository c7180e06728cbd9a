"""About ten days became exactly ten in the retelling."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("ret-0001", "some 10 days", "10 days")
    corpus.span("ret-0001/n2")["number"]["modifier"] = "exact"
