"""The spans of an article were lost, and its relations kept."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.spans = [s for s in corpus.spans if s["article_id"] != "inv-0002"]
