"""An indirect quote holds a word in quotation marks."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0001", "the pumps had", "the “pumps” had")
