"""The year of publication was mistyped."""

from datetime import UTC, datetime

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["published"] = datetime(2023, 5, 6, 9, 30, tzinfo=UTC)
