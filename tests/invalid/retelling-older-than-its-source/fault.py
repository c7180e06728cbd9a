"""A retelling is dated before the report that it retells."""

from datetime import UTC, datetime

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("ret-0001")["published"] = datetime(2024, 5, 1, tzinfo=UTC)
