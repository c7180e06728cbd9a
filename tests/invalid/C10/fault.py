"""There are more claims than numbers."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived["claims"] *= 3
