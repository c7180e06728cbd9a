"""A relation is in the file of another split."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relation("inv-0001/l1.located_in.l2")["file_split"] = "test"
