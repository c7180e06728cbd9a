"""A task as the server sent it, made into one that can be kept: proven, restored, wordless.

The server's words are hostile until they are proven. An id is used only where it is that of
an article we know, so that it can name a file; a text only where it has the fingerprint of
that article's; and the words of a stand-off article go before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from newspan.annotations.studio.lineage import EmailOf, restored_task
from newspan.corpus.dehydrate import without_words
from newspan.corpus.sources import STANDOFF_ORIGINS
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.formats.label_studio import Reading, read
from newspan.formats.label_studio.decode import provenance
from newspan.schema.model import Article
from newspan.text import fingerprint

__all__ = [
    "Incoming",
    "Outcome",
    "article_of",
    "incoming",
    "is_finished",
    "is_standoff",
    "maker",
    "readings",
    "unfinished",
    "versions",
]

_SHOWN = 60
"""Characters of a wrong id that are shown."""


class Incoming(NamedTuple):
    """A task that can be kept."""

    article: Article
    task: dict[str, Any]
    """Restored, and without the words of a stand-off article."""
    known: Article
    """The article with its text, a stand-off article too: what is read is checked against it,
    and must not be written with it."""
    notes: list[Fault]
    """What could not be restored, and what taking the words out took with them."""


class Outcome(NamedTuple):
    """What of a task is to be kept."""

    content: bytes | None
    """The file; None where there is nothing to take."""
    held_back: list[Fault]
    """Why there is a beginning, but no file."""
    notes: list[Fault]
    """What else a person should know."""


def article_of(task: Any, articles: Mapping[str, Article]) -> Article:
    """The article a task is of. Raises DocumentError unless it is one of `articles`."""
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict):
        raise DocumentError(Fault("the server sent a task without data.", "Look at its log."))
    name = data.get("article_id")
    if not isinstance(name, str) or name not in articles:
        shown = name[:_SHOWN] if isinstance(name, str) else str(name)[:_SHOWN]
        raise DocumentError(
            Fault(
                f"task {str(task.get('id'))[:_SHOWN]} is of article {shown!r}, which is not in "
                "the corpus.",
                "Name the corpus it was pushed from with --source.",
            )
        )
    return articles[name]


def incoming(task: Mapping[str, Any], article: Article, email_of: EmailOf) -> Incoming:
    """The task, proven against its article and restored. Raises DocumentError."""
    text = task["data"].get("text")
    if not isinstance(text, str) or _fingerprint(text) != article.text_sha256:
        raise DocumentError(
            Fault(
                "was annotated on another text than the corpus has.",
                "Restore the text, or annotate the new one.",
                article_id=article.id,
            )
        )
    try:
        made, notes = restored_task(task, email_of)
        if is_standoff(article):
            made, more = without_words(made, msgspec.structs.replace(article, text=None), None)
            notes += more
        known = msgspec.structs.replace(article, text=text)
        # What cannot be written is found now, not when half of a folder is.
        msgspec.json.encode(made)
    except (RecursionError, UnicodeEncodeError) as error:
        raise DocumentError(
            Fault(
                "is nested too deeply or holds a lone surrogate.",
                "Look at it in Label Studio.",
                article_id=article.id,
            )
        ) from error
    except NewspanError as error:
        raise DocumentError(*(_about(fault, article) for fault in error.faults)) from error
    return Incoming(article, made, known, [_about(note, article) for note in notes])


def is_standoff(article: Article) -> bool:
    """Whether an article's words are their owner's, and must not be written."""
    return article.text is None or article.carrier is not None or article.origin in STANDOFF_ORIGINS


def readings(found: Incoming) -> Iterator[Reading]:
    """What each version came to: annotations, predictions, drafts."""
    return read([found.task], {found.article.id: found.known})


def versions(found: Incoming, name: str) -> Sequence[Any]:
    """The annotations, predictions or drafts of a task."""
    held = found.task.get(name)
    return held if isinstance(held, list) else []


def is_finished(annotation: Any) -> bool:
    """Whether an annotation was submitted, and not skipped."""
    return not (isinstance(annotation, dict) and annotation.get("was_cancelled"))


def maker(version: Any) -> str:
    """Who an annotation or draft is by."""
    return provenance(version if isinstance(version, dict) else {}, "annotation")["annotator"]


def unfinished(found: Incoming) -> Iterator[Fault]:
    """Drafts and skips, which are nobody's last word."""
    name = found.article.id
    for draft in versions(found, "drafts"):
        if isinstance(draft, dict):
            what = "changes to an annotation" if draft.get("annotation") else "a draft"
            message = f"has {what} by {maker(draft)}, not submitted."
            yield Fault(message, "Submit or discard it.", article_id=name)
    for annotation in versions(found, "annotations"):
        if not is_finished(annotation):
            yield Fault(f"was skipped by {maker(annotation)}.", article_id=name)


def _about(fault: Fault, article: Article) -> Fault:
    return Fault(fault.message, fault.remedy, None, article.id, fault.span_id)


def _fingerprint(text: str) -> str | None:
    try:
        return fingerprint(text)
    except (UnicodeEncodeError, NewspanError):
        return None
