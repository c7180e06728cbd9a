"""An article was added after the splits were drawn, and is in none."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["split"] = None
