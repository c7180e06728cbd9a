"""The regions of a second annotator came along with the adjudicated ones."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    names = ("id", "head", "tail")
    for rows in (corpus.spans, corpus.relations):
        for row in [r for r in rows if r["article_id"] == "inv-0002"]:
            ids = {n: row[n].replace("/adjudicated/", "/second/") for n in names if n in row}
            more = {"status": "pass", "annotator": "other"} if "status" in row else {}
            rows.append(row | ids | more)
