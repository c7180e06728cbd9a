"""newspan: an annotated corpus of English news reports, and the package that carries it.

    import newspan

    corpus = newspan.load()                       # Arrow tables
    for document in corpus.documents(): ...       # articles with spans and relations
    dataset = newspan.load_dataset("claims")      # Hugging Face datasets
    newspan.path()                                # for datasets.load_dataset(str(...))

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newspan.corpus.load import Corpus, load, load_dataset, path
    from newspan.corpus.tokens import to_token_labels, token_label_names
    from newspan.formats import read, write

__all__ = [
    "Corpus",
    "load",
    "load_dataset",
    "path",
    "read",
    "to_token_labels",
    "token_label_names",
    "write",
]

_HOME = {
    "Corpus": "newspan.corpus.load",
    "load": "newspan.corpus.load",
    "load_dataset": "newspan.corpus.load",
    "path": "newspan.corpus.load",
    "read": "newspan.formats",
    "to_token_labels": "newspan.corpus.tokens",
    "token_label_names": "newspan.corpus.tokens",
    "write": "newspan.formats",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'newspan' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
