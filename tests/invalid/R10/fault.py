"""A quote has two cues."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    start = corpus.article("inv-0001")["text"].index("put the toll")
    corpus.move("inv-0001/c4", start, start + len("put the toll"), region="c9")
    corpus.relate("inv-0001", "c9", "cue_of", "q4")
