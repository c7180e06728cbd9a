"""A long report has no numbers."""

from validation.small_corpus import Corpus

FILLER = " The water rose and fell again before anybody could measure it." * 22


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0003", "— Dockers", f"—{FILLER} Dockers")
    corpus.drop("inv-0003/n1", "inv-0003/n2", "inv-0003/d1")
