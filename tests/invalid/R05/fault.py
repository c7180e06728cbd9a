"""A relation leads into another article."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    relation = corpus.relate("inv-0001", "l4", "located_in", "l1")
    relation["tail"] = corpus.span("inv-0002/l1")["id"]
