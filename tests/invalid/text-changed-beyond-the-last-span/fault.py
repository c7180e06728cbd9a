"""The end of the text was changed where no span sees it."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    article = corpus.article("inv-0001")
    article["text"] = article["text"].removesuffix(".") + "!"
