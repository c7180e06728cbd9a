"""The characters that a page writes as entities were not turned back."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0002", "Rescuers in", "Rescuers &amp; divers in")
