"""A long report has no places."""

from validation.small_corpus import Corpus

FILLER = "The water rose and fell again before anybody could measure it. " * 22


def corrupt(corpus: Corpus) -> None:
    corpus.drop("inv-0003/l1")
    corpus.reword("inv-0003", "NORWICK — Dockers", f"{FILLER}Dockers")
    corpus.entities.remove(corpus.entity("norwick"))
