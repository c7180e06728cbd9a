"""The closing mark of a text's last sentence is lost."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.article("inv-0002")["text"]
    corpus.rewrite("inv-0002", f"{text}\n\n“Nobody was told.")
