"""The day of a date is marked as a count."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.reword("inv-0002", "on Wednesday", "on 8 May")
    at = corpus.article("inv-0002")["text"].index("8 May")
    span = corpus.move("inv-0002/n1", at, at + 1, region="n9")
    span["number"] |= {"value": "8", "property": None, "figure": None}
