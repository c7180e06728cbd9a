"""A relation was written under another article."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.relation("inv-0001/l1.located_in.l2")["article_id"] = "inv-0002"
