"""Days became weeks in the retelling."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("ret-0001/n2")["number"]["unit"] = "wk"
