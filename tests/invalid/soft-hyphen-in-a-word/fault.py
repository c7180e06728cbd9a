"""A word keeps the soft hyphen of a printed page."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.rewrite("inv-0001", text.replace("Repairs", "Re\u00adpairs"))
