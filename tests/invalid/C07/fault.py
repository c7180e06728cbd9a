"""A report is there, with a sentence more, as another story."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.copy_article("inv-0003", "inv-0009", story="strike-again")["text"]
    corpus.rewrite("inv-0009", f"{text} More follows.")
    corpus.span("inv-0009/n2")["number"] = corpus.span("inv-0003/n2")["number"] | {
        "figure": "strike-again-joining"
    }
