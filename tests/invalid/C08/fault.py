"""Nothing counted is marked in a split of ten reports."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.drop("inv-0003/d1")
    for key in (f"inv-{number}" for number in range(1001, 1010)):
        text = corpus.copy_article("inv-0003", key)["text"]
        corpus.rewrite(key, f"{text} Report {key}.")
