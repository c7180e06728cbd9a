"""An organisation that is no medium passes a quote on."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/a5")["actor"]["type"] = "organization"
    corpus.entity("alder-post")["type"] = "organization"
