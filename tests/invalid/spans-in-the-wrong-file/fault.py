"""The spans of an article were written to the file of another split."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for span in corpus.spans:
        if span["article_id"] == "inv-0002":
            span["file_split"] = "test"
