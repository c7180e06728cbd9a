"""Two persons became one entity."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entities.remove(corpus.entity("ilse-brandt"))
    for key in ("wn-9001/a2", "ret-0001/a2"):
        corpus.span(key)["actor"]["entity"] = "ana-duval"
