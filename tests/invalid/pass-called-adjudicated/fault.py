"""A single pass is called adjudicated, and only its ids tell."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    names = ("id", "head", "tail")
    for row in (*corpus.spans, *corpus.relations):
        if row["article_id"] == "inv-0002":
            row |= {n: row[n].replace("/adjudicated/", "/first/") for n in names if n in row}
