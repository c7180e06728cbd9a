"""A private person has a name in the table."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entities.append(
        corpus.entity("ana-duval") | {"id": "private-flood-1", "name": "Tom Miner"}
    )
    corpus.span("inv-0001/a4")["actor"]["entity"] = "private-flood-1"
