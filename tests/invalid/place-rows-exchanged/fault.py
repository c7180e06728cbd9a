"""Two places are each in the file of the other's split."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    corpus.derived_row("places", "inv-0002/l1")["file_split"] = "validation"
    corpus.derived_row("places", "inv-0003/l1")["file_split"] = "train"
