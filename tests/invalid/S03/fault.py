"""A span belongs to an article that is not there."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/n7")
    corpus.spans.append(span | {"id": "inv-0404/adjudicated/n7", "article_id": "inv-0404"})
