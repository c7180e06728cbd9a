"""A stand-off article has the fingerprint of a paragraph that its owner added later."""

from newspan.text import fingerprint
from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    article = corpus.article("wn-9001")
    article["paragraph_sha256"].append(fingerprint("The hall has been open again since June."))
