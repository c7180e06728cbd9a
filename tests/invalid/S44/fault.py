"""“Eleven” was read as seven."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/n9")["number"]["value"] = "7"
