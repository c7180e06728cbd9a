"""The regions of two annotators were put together and called adjudicated."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for span in [s for s in corpus.spans if s["id"].startswith("inv-0002/adjudicated/n")]:
        corpus.spans.append(span | {"id": f"{span['id']}b", "annotator": "other"})
