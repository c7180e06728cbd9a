"""A row of the articles was written twice."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.articles.append(dict(corpus.article("inv-0003")))
