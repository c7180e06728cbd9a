"""The adjudicator took a region over from a pass under its old id, and drew an arrow to it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    old, new = "inv-0002/adjudicated/a1", "inv-0002/first/a1"
    corpus.span("inv-0002/a1")["id"] = new
    for relation in corpus.relations:
        if relation["tail"] == old:
            relation["tail"] = new
