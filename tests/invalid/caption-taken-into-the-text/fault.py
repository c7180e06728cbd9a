"""The caption of a picture was taken for a paragraph, and it says a sentence of the text again."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0002")["text"]
    corpus.rewrite("inv-0002", f"{text}\n\nThe ministry now counts 14 dead.")
