"""Stand-off records: an article without its words, and the words taken out of things."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from newspan.schema.model import Article, Document

__all__ = ["dehydrate", "dehydrate_task", "record_json"]

_WORD = re.compile(r"\w+")
SHARED_WORDS = 3
"""A note that has this many words in a row in common with the text is taken out."""


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


def dehydrate_task(task: dict[str, Any], text: str) -> dict[str, Any]:
    """A Label Studio task without the words of `text`: data.text, data.title, value.text.

    The text of a `textarea` result is the annotator's answer and stays.
    """
    data = {k: v for k, v in task["data"].items() if k not in ("text", "title")}
    return {
        **task,
        "data": data,
        **{
            kind: [
                {**version, "result": [_bare(r, text) for r in version.get("result", [])]}
                for version in task.get(kind, [])
            ]
            for kind in ("annotations", "predictions", "drafts")
            if kind in task
        },
    }


def _bare(result: dict[str, Any], text: str) -> dict[str, Any]:
    made = dict(result)
    value = made.get("value")
    if isinstance(value, dict) and made.get("type") != "textarea":
        made["value"] = {k: v for k, v in value.items() if k != "text"}
    meta = made.get("meta")
    if isinstance(meta, dict) and meta.get("text"):
        notes = [n for n in meta["text"] if not quotes(str(n), text)]
        made["meta"] = {**{k: v for k, v in meta.items() if k != "text"}, **(
            {"text": notes} if notes else {})}  # fmt: skip
    return made


def quotes(note: str | None, text: str) -> bool:
    """Whether a note has SHARED_WORDS words in a row in common with the text."""
    if note is None:
        return False
    words = _words(note)
    held = f" {' '.join(_words(text))} "
    return any(
        f" {' '.join(words[i : i + SHARED_WORDS])} " in held
        for i in range(len(words) - SHARED_WORDS + 1)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("_", " "))


def record_json(article: Article) -> bytes:
    """The stand-off record of an article, as it is kept in `standoff/`."""
    bare = msgspec.structs.replace(article, text=None, title=None, split=None)
    keep = {
        k: v
        for k, v in msgspec.to_builtins(bare).items()
        if v is not None and v != [] and v != ()
    }
    return msgspec.json.format(msgspec.json.encode(keep), indent=1) + b"\n"
