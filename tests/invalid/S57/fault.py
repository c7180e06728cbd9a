"""A place is marked with all that follows up to the next paragraph."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0001")["text"]
    start = corpus.span("inv-0001/l4")["start"]
    corpus.move("inv-0001/l4", start, text.index("The harbour") + len("The harbour"))
