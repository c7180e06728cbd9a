"""UTF-8 was read as Windows-1252."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    corpus.rewrite("inv-0001", text.encode("utf-8").decode("cp1252", "replace"))
