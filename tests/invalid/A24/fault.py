"""One publisher is written in capitals and with its article in one report of two."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for key, name in (("inv-0001", "Alder Post"), ("inv-0002", "The ALDER POST")):
        corpus.article(key)["publisher"] = name
