"""Between 40 and 50 was read as about 45."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    number = corpus.span("inv-0001/n3")["number"]
    number.update(modifier="approximate", value="45", low=None, high=None)
