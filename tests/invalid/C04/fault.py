"""An article lost all its spans."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.spans = [s for s in corpus.spans if s["article_id"] != "inv-0002"]
    corpus.relations = [r for r in corpus.relations if r["article_id"] != "inv-0002"]
