"""A report of the validation split is in the test split too, with one word changed."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.copy_article("inv-0003", "inv-0009")["text"]
    corpus.rewrite("inv-0009", text.replace("wrote on a forum", "wrote in a forum"))
    corpus.resplit("inv-0009", "test")
