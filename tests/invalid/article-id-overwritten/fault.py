"""An article got the id of another, and its spans kept theirs."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0002")["id"] = "inv-0001"
