"""A source is retold three times."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for key in ("ret-0002", "ret-0003"):
        text = corpus.copy_article("ret-0001", key)["text"]
        corpus.rewrite(key, f"{text} So says {key}.")
