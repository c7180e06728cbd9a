"""All times were read in a zone five hours away, and some articles are dated to the day."""

from datetime import timedelta

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for article in corpus.articles:
        article["published"] += timedelta(hours=5)
