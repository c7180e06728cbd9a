"""“At least twelve” was read as twelve."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    number = corpus.span("inv-0001/n1")["number"]
    number.update(modifier="exact", value="12", low=None)
