"""What a model had proposed for an article came along with what was made of it."""

import copy

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    for key in ("a1", "l1", "n2"):
        span = copy.deepcopy(corpus.span(f"inv-0002/{key}"))
        span |= {"id": f"inv-0002/guesser-1/{key}", "annotator": "guesser-1", "score": 0.75,
                 "annotator_kind": "model", "status": "prediction"}  # fmt: skip
        corpus.spans.append(span)
