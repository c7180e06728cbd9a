"""A proposal was submitted as it came, and only the scores on its regions tell."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for span in corpus.spans:
        if span["article_id"] == "inv-0002":
            span.update(score=0.75, annotator="ana", annotator_kind="human")
