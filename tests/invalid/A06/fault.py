"""The length was counted in bytes."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    article = corpus.article("inv-0001")
    article["n_chars"] = len(article["text"].encode("utf-8"))
