"""Stand-off records: an article without its words, and the words taken out of things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

import msgspec

from newspan.errors import Fault
from newspan.schema.model import Article, Document

__all__ = ["dehydrate", "dehydrate_task", "hydrate_task", "quoting_answers", "record_json"]

SHARED_WORDS = 3
"""A note that has this many words in a row in common with the text is taken out."""
QUOTED_WORDS = 8
"""Any other string that has this many words in a row of the text quotes it."""

_SHORT = 64
"""Characters below which a string is likely to come again: names of controls, values, people."""

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"\w+://|\bwww\.")
_WORDS_OF_OWNER = ("text", "title", "article")
"""Keys of `data` that go: the words, and the metadata, which stand in the record."""


def dehydrate(document: Document) -> Document:
    """The document without its owner's words: no text, title, span text or quoting note."""
    article = document.article
    if article.text is None:
        return document
    return msgspec.structs.replace(
        document,
        article=msgspec.structs.replace(article, text=None, title=None),
        spans=tuple(
            msgspec.structs.replace(
                span, text=None, note=None if quotes(span.note, article.text) else span.note
            )
            for span in document.spans
        ),
    )


def hydrate_task(task: Mapping[str, Any], article: Article) -> dict[str, Any]:
    """A Label Studio task with the words of `article`, whose text must be there.

    `data` gets text and metadata, so that the task can be read alone; each region gets the
    words it covers. The inverse of `dehydrate_task`.
    """
    text = article.text
    if text is None:
        raise ValueError("the article has no text")
    meta = msgspec.to_builtins(msgspec.structs.replace(article, text=None, title=None))
    record = {k: v for k, v in meta.items() if k not in ("text", "title")}
    made: dict[str, Any] = _walk(task, lambda result: _worded(result, text), _same)
    made["data"] = {**task["data"], "text": text, "article": record}
    return made


def dehydrate_task(task: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A Label Studio task without the words of `text`, wherever they stand.

    Out go, at any depth, drafts and predictions included: the text, title and metadata in
    `data` (they stand in the stand-off record) and addresses there; `value.text` of every
    result; notes that share SHARED_WORDS words with text or title; any other string that
    shares QUOTED_WORDS. The text of a `textarea` result is the annotator's answer and
    stays: `quoting_answers` names those that quote.
    """
    titles = "\n".join(_titles(task))
    words = f"{text}\n{titles}"

    def keep(value: str) -> bool:
        return not (quotes(value, text, QUOTED_WORDS) or quotes(value, titles))

    made: dict[str, Any] = _walk(task, lambda result: _bare(result, words), keep)
    data = {k: v for k, v in task["data"].items() if k not in _WORDS_OF_OWNER}
    made["data"] = _walk(data, _untouched, lambda v: keep(v) and not _ADDRESS.search(v))
    return made


def quoting_answers(task: Mapping[str, Any], text: str) -> Iterator[Fault]:
    """A fault for each answer of an annotator that quotes `text`: it stays, and is reported."""
    found: list[Mapping[str, Any]] = []

    def visit(result: Any) -> Any:
        if isinstance(result, dict) and result.get("type") == "textarea":
            found.append(result)
        return result

    _walk(task, visit, _same)
    for result in found:
        value = result.get("value")
        answers = value.get("text") if isinstance(value, dict) else None
        for answer in answers if isinstance(answers, list) else [answers]:
            if isinstance(answer, str) and quotes(answer, text, QUOTED_WORDS):
                yield Fault(
                    f"the answer {result.get('from_name')} has {QUOTED_WORDS} words in a row "
                    "of the text.",
                    "Shorten it: the words are their owner's.",
                    article_id=task["data"].get("article_id"),
                    span_id=str(result.get("id")),
                )


def quotes(note: str | None, text: str, run: int = SHARED_WORDS) -> bool:
    """Whether a note has `run` words in a row in common with the text.

    Case, punctuation and underscores are no difference, and addresses are decoded.
    """
    if note is None or len(note) < run:  # a character is a word at most
        return False
    own = _known_runs(note, run) if len(note) < _SHORT else _runs(note, run)
    return not own.isdisjoint(_text_runs(text, run))


def record_json(article: Article) -> bytes:
    """The stand-off record of an article, as it is kept in `standoff/`."""
    bare = msgspec.structs.replace(article, text=None, title=None, split=None)
    keep = {
        k: v for k, v in msgspec.to_builtins(bare).items() if v is not None and v != [] and v != ()
    }
    return msgspec.json.format(msgspec.json.encode(keep), indent=1) + b"\n"


def _walk(node: Any, result: Callable[[Any], Any], keep: Callable[[str], Any]) -> Any:
    """A copy of JSON with `result` applied to the items of every `result` list at any depth,
    and without the strings elsewhere that `keep` denies."""
    if isinstance(node, dict):
        return {
            key: [result(r) for r in value]
            if key == "result" and isinstance(value, list)
            else _walk(value, result, keep)
            for key, value in node.items()
            if not isinstance(value, str) or keep(value)
        }
    if isinstance(node, list):
        return [
            _walk(item, result, keep) for item in node if not isinstance(item, str) or keep(item)
        ]
    return node


def _worded(result: Any, text: str) -> Any:
    """A result with the words its place covers; an answer, or a place that is none, stays."""
    value = result.get("value") if isinstance(result, dict) else None
    if not isinstance(value, dict) or result.get("type") == "textarea":
        return result
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        return result
    return {**result, "value": {**value, "text": text[start:end]}}


def _bare(result: Any, words: str) -> Any:
    if not isinstance(result, dict):
        return result
    answer = result.get("type") == "textarea"

    def keep(value: str) -> bool:
        return not quotes(value, words, QUOTED_WORDS)

    made: dict[str, Any] = {}
    for key, value in result.items():
        if key == "value" and isinstance(value, dict):
            made[key] = {
                k: v if k == "text" else _walk(v, _untouched, keep)
                for k, v in value.items()
                if (answer if k == "text" else not isinstance(v, str) or keep(v))
            }
        elif key == "meta" and isinstance(value, dict):
            if meta := _noted(value, words):
                made[key] = meta
        elif not isinstance(value, str) or keep(value):
            made[key] = _walk(value, _untouched, keep)
    return made


def _noted(meta: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The remarks on a region that quote nothing; a list that they leave empty goes too."""
    found: dict[str, Any] = _walk(meta, _untouched, lambda v: not quotes(v, words))
    return {k: v for k, v in found.items() if v != [] or meta[k] == []}


def _titles(task: Mapping[str, Any]) -> Iterator[str]:
    data = task["data"]
    for holder in (data, data.get("article")):
        if isinstance(holder, dict) and isinstance(holder.get("title"), str):
            yield holder["title"]


def _untouched(result: Any) -> Any:
    return result


def _same(_: str) -> bool:
    return True


def _runs(text: str, run: int) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(unquote_plus(text).casefold().replace("_", " "))
    return frozenset(tuple(words[i : i + run]) for i in range(len(words) - run + 1))


@lru_cache(maxsize=1 << 14)
def _known_runs(text: str, run: int) -> frozenset[tuple[str, ...]]:
    return _runs(text, run)


@lru_cache(maxsize=8)
def _text_runs(text: str, run: int) -> frozenset[tuple[str, ...]]:
    return _runs(text, run)
