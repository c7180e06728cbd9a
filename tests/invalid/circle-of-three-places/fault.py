"""Three places of one kind lie in each other, in a circle."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.span("inv-0001/l3")["location"]["kind"] = "city"
    corpus.relate("inv-0001", "l1", "located_in", "l3")
    corpus.relate("inv-0001", "l3", "located_in", "l4")
    corpus.relate("inv-0001", "l4", "located_in", "l1")
