"""An invented report is filed under the story of a real event."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["story"] = "crane"
    corpus.resplit("inv-0003", "test")
