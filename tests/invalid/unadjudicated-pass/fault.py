"""A single pass stands in the place of the adjudicated annotation."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    names = ("id", "head", "tail")
    for row in (*corpus.spans, *corpus.relations):
        if row["article_id"] == "inv-0002":
            row |= {n: row[n].replace("/adjudicated/", "/first/") for n in names if n in row}
            row |= {"status": "pass"} if "status" in row else {}
