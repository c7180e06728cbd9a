"""The editor showed a no-break space as a plain one, and the span's text was taken from there."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0001", "20 km", "20\u00a0km")
    corpus.span("inv-0001/n12")["text"] = "20 km"
