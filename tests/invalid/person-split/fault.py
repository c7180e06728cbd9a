"""One person became two entities of one name."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entities.append(corpus.entity("ana-duval") | {"id": "minister-duval"})
    corpus.span("inv-0002/a2")["actor"]["entity"] = "minister-duval"
