"""An article known to the day has a time of day."""

from datetime import UTC, datetime

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0001")["published"] = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)
