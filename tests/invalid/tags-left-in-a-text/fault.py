"""The words were cut out of a page with the tags around a link."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0002", "The ministry", 'The <a href="/mines">ministry</a>')
