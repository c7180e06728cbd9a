"""“At least” is left outside of a number."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    span = corpus.span("inv-0001/n1")
    corpus.move("inv-0001/n1", span["start"] + len("At least "), span["end"])
    span["number"] |= {"modifier": "exact", "value": "12", "low": None}
