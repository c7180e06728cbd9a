"""The fast road of a pull: a plain task straight to its file in `adjudicated/`.

A task is plain if one finished annotation is all that was done on it, whole and sound, with
nothing in it that has to be put back; that is the mass of a project. It is decoded typed and
laid out without a Document between. Whatever is not plain, or not sound, takes the slow road
through `incoming` and `adjudicated`, which says what is wrong. Where a task takes the fast
road, both make the same bytes; a property test holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from newspan.annotations.studio.incoming import is_standoff
from newspan.annotations.studio.plainresults import NotPlain, PlainResult, PlainResults
from newspan.annotations.studio.tasks import Record
from newspan.corpus.standoff import quotes
from newspan.errors import NewspanError
from newspan.formats.label_studio import encode
from newspan.formats.label_studio.decode import provenance
from newspan.schema.invariants import check
from newspan.schema.model import ADJUDICATED, Article, Cue, Document
from newspan.text import fingerprint, is_normalized

__all__ = ["PlainRoad", "Ready"]

_HARMLESS = frozenset({"provenance", "number", "sums"})
"""Keys of what was kept of a version that say of nothing to be put back."""


class Ready(NamedTuple):
    """A plain task, with its file as it is to be written."""

    number: int
    article: Article
    updated_at: str
    content: bytes


class _Data(msgspec.Struct):
    article_id: str
    text: str
    text_sha256: str | None = None
    title: Any = None
    article: Any = None


class _Meta(msgspec.Struct):
    newspan: Record


class _Annotation(msgspec.Struct):
    result: list[PlainResult]
    completed_by: Any
    was_cancelled: bool = False
    import_id: int | None = None
    parent_prediction: int | None = None
    parent_annotation: int | None = None


class _Prediction(msgspec.Struct):
    id: int


class _Task(msgspec.Struct):
    id: int
    updated_at: str
    data: _Data
    meta: _Meta
    annotations: tuple[_Annotation]
    drafts: tuple[()]
    predictions: list[_Prediction]


_LISTED = msgspec.json.Decoder(list[msgspec.Raw])
_PLAIN = msgspec.json.Decoder(_Task)


class PlainRoad:
    """Decodes lists of tasks, for `json_items`: a Ready for each task of one of `articles`
    that is plain, plain builtins for any other."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles

    def __call__(self, piece: Any) -> list[Any]:
        """The tasks of a JSON list. Raises what `msgspec.json.decode` does where it is none."""
        # Copied, since whoever reads on wants the buffer back, even where one cannot be decoded.
        tasks = [bytes(task) for task in _LISTED.decode(piece)]
        return [self._decoded(task) for task in tasks]

    def _decoded(self, task: bytes) -> Any:
        try:
            return self._ready(_PLAIN.decode(task))
        except (NotPlain, msgspec.ValidationError, NewspanError, UnicodeError):
            return msgspec.json.decode(task)

    def _ready(self, task: _Task) -> Ready:
        article = self._articles.get(task.data.article_id)
        if article is None or task.meta.newspan.article != article.id:
            raise NotPlain
        known = _proven(article, task.data)
        (annotation,) = task.annotations
        results = PlainResults(annotation.result)
        own = _own(annotation, task, results)
        who = provenance({"completed_by": annotation.completed_by, "newspan": own}, "annotation")
        who |= {"pass": ADJUDICATED, "status": ADJUDICATED}
        _refuse_unsound(who["annotator"], who["annotator_kind"])
        if is_standoff(article):
            _refuse_quoting(task.data, [*results.strings(), *who.values()])
            known = msgspec.structs.replace(known, text=None, title=None)
        (made,) = encode([Document(article=known)], metadata=False)
        version = made["annotations"][0]
        version["result"] = results.laid_out(
            task.data.text, f"{article.id}/{ADJUDICATED}", with_words=known.text is not None
        )
        if version["result"]:
            version["newspan"] = who
        content = msgspec.json.encode(made)
        if b"\\u0000" in content:
            raise NotPlain
        return Ready(
            task.id, article, task.updated_at, msgspec.json.format(content, indent=1) + b"\n"
        )


def _proven(article: Article, data: _Data) -> Article:
    """The article with the text of the task, if that is its text."""
    if (
        fingerprint(data.text) != article.text_sha256
        or data.text_sha256 not in (None, article.text_sha256)
        or not is_normalized(data.text)
    ):
        raise NotPlain
    known = msgspec.structs.replace(article, text=data.text)
    check(Document(article=known))
    return known


def _own(annotation: _Annotation, task: _Task, results: PlainResults) -> Mapping[str, Any] | None:
    """Our record of who made the annotation, as `lineage` finds it, where nothing has to be
    put back into it and nobody changed a region."""
    kept = task.meta.newspan.kept.values()
    if annotation.was_cancelled or any(row.keys() - _HARMLESS for row in kept):
        raise NotPlain
    pushed = {row.get("number"): row for row in kept}
    if annotation.import_id is not None and annotation.import_id in pushed:
        sums = pushed[annotation.import_id].get("sums")
        if not isinstance(sums, dict):
            raise NotPlain
        results.refuse_changed(sums)
        own = pushed[annotation.import_id].get("provenance")
        return own if isinstance(own, dict) else None
    if annotation.parent_prediction is None and annotation.parent_annotation is None:
        return None
    if annotation.parent_prediction not in {made.id for made in task.predictions}:
        raise NotPlain
    return None


@lru_cache(maxsize=256)
def _refuse_unsound(annotator: str, kind: str) -> None:
    """Raise ValidationError where a span cannot be by this annotator."""
    span = {"layer": "cue", "id": "a/a/a", "fragments": [(0, 1)], "start": 0, "end": 1,
            "status": ADJUDICATED, "annotator": annotator, "annotator_kind": kind}  # fmt: skip
    msgspec.convert(span, Cue)


def _refuse_quoting(data: _Data, strings: list[str]) -> None:
    """Raise NotPlain where one of the strings may hold words of the owner."""
    article = data.article if isinstance(data.article, dict) else {}
    titles = [t for t in (data.title, article.get("title")) if isinstance(t, str)]
    words = "\n".join([data.text, *titles])
    if any(not string.isalnum() and quotes(string, words) for string in strings):
        raise NotPlain
