"""A retelling was made of another, not of its source."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    text = corpus.copy_article("ret-0001", "ret-0002", based_on=["ret-0001"])["text"]
    corpus.rewrite("ret-0002", f"{text} So says another report.")
    for span in corpus.spans:
        if span["article_id"] == "ret-0002" and span["derived_from"]:
            span["derived_from"] = span["id"].replace("ret-0002", "ret-0001")
