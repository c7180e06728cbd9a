"""A title was read in another encoding than its own."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.article("inv-0003")["title"] = "Dockers’ strike".encode().decode("cp1252")
