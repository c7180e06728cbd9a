"""The claims of a split were not written, and the index does not list them."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    rows = corpus.derived["claims"]
    corpus.derived["claims"] = [r for r in rows if r["file_split"] != "test"]
