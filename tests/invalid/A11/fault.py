"""The date of publication is the epoch."""

from datetime import UTC, datetime

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0001")["published"] = datetime(1970, 1, 1, tzinfo=UTC)
