"""An article says that it is from somewhere else."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["origin"] = "agency"
