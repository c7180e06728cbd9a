"""A span was written under another article."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/n7")
    span.update(id="inv-0002/adjudicated/n7", article_id="inv-0002")
