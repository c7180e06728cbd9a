"""Nobody mentions an entity."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.entities.append(corpus.entity("alder-post") | {"id": "old-post"})
