"""The spans of an article name Label Studio's task instead."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for span in corpus.spans:
        if span["article_id"] == "inv-0002":
            span["article_id"] = "17"
