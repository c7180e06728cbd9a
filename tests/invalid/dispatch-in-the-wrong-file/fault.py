"""The second report of a story was written to the file of another split."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derive()
    corpus.article("inv-0002")["file_split"] = "test"
