"""A text ends with what the page asks of its readers."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0002")["text"]
    corpus.rewrite("inv-0002", f"{text}\n\nSign up for our newsletter to read more.")
