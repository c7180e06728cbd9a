"""Taking owners' words out of Label Studio files again, losing nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.corpus.sources import read_article, source_files
from newspan.corpus.standoff import dehydrate, dehydrate_task, quoting_answers
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_json, write_atomically
from newspan.formats.label_studio import read, tasks_of
from newspan.schema.model import Article, Document
from newspan.text import fingerprint

__all__ = ["DehydrationReport", "dehydrate_file", "dehydrate_files", "without_words"]


class DehydrationReport(NamedTuple):
    """What was written without words, and what a person should look at."""

    written: tuple[Path, ...]
    notes: tuple[Fault, ...]
    """Answers that quote the text (they stay), notes taken out, files left."""

    def __str__(self) -> str:
        return "\n".join([f"{len(self.written)} files without words", *map(str, self.notes)])


def dehydrate_files(root: Path, source: Path, out: Path) -> DehydrationReport:
    """Write every Label Studio file of `source` to `out` without the stand-off words.

    `source` is a file or a folder of `*.json`, such as `hydrated/`; files keep their names
    and replace those in `out`, such as `annotations/adjudicated/`. Raises DocumentError
    with the faults of all files, and then nothing is written.
    """
    if not source.exists():
        raise NewspanError(Fault("is not there.", "Check the path.", source))
    paths = sorted(source.glob("*.json")) if source.is_dir() else [source]
    if not paths:
        raise NewspanError(Fault("holds no JSON file.", "Name Label Studio's JSON.", source))
    records = {a.id: a for p in source_files(root / "corpus") if p.suffix == ".json"
               for a in [read_article(p)]}  # fmt: skip
    made: list[tuple[Path, bytes]] = []
    notes: list[Fault] = []
    faults: list[Fault] = []
    for path in paths:
        if source.is_dir() and path.name.endswith(".near.json"):
            notes.append(Fault("is on a copy that differs from the record; left.", "", path))
            continue
        try:
            data, some = dehydrate_file(path, records)
        except NewspanError as error:
            faults += error.faults
            continue
        made.append((out / path.name, data))
        notes += some
    if faults:
        raise DocumentError(*faults)
    for target, data in made:
        write_atomically(target, data)
    return DehydrationReport(tuple(target for target, _ in made), tuple(notes))


def dehydrate_file(path: Path, records: Mapping[str, Article]) -> tuple[bytes, tuple[Fault, ...]]:
    """A Label Studio file without the words of stand-off articles, and what to look at.

    `records` are the stand-off articles by id; tasks of other articles stay as they are.
    Raises DocumentError where a task holds another text than the record's, or where taking
    the words out would change a span.
    """
    value = read_json(path)
    made, notes = [], []
    faults: list[Fault] = []
    for task in tasks_of(value, path):
        article = records.get(str(task["data"].get("article_id")))
        if article is None:
            made.append(task)
            continue
        try:
            bare, some = without_words(task, article, path)
        except DocumentError as error:
            faults += error.faults
            continue
        made.append(bare)
        notes += some
    if faults:
        raise DocumentError(*faults)
    whole: Any = made if isinstance(value, list) else made[0]
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n", tuple(notes)


def without_words(
    task: Mapping[str, Any], article: Article, path: Path | None
) -> tuple[dict[str, Any], list[Fault]]:
    """A task without the words of a stand-off article, and what to look at.

    Raises DocumentError where the task holds another text than the record's, or where taking
    the words out would change a span.
    """
    text = task["data"].get("text")
    if not isinstance(text, str):
        fault = Fault("has no text, so its notes were not compared with it.",
                      "Look them through.", path, article.id)  # fmt: skip
        return dehydrate_task(task, ""), [fault]
    if fingerprint(text) != article.text_sha256:
        raise DocumentError(
            Fault(
                "holds another text than the record, so its offsets are not the record's.",
                "Only tasks on the annotated text can go back.",
                path,
                article.id,
            )
        )
    bare = dehydrate_task(task, text)
    _prove(task, bare, msgspec.structs.replace(article, text=text), path)
    notes = [_located(f, path) for f in quoting_answers(bare, text)]
    if gone := _notes(task) - _notes(bare):
        notes.append(
            Fault(f"notes taken out because they share words with the text: {gone}.",
                  "Say it in other words, if it is needed.", path, article.id)
        )  # fmt: skip
    return bare, notes


def _located(fault: Fault, path: Path | None) -> Fault:
    """The fault with the file it was found in."""
    return Fault(fault.message, fault.remedy, path, fault.article_id, fault.span_id)


def _prove(
    task: Mapping[str, Any],
    bare: Mapping[str, Any],
    whole: Article,
    path: Path | None,
) -> None:
    """Raise DocumentError unless both tasks say the same but for words and notes.

    Both are read against the text: without it, fewer faults of an annotator are found.
    """
    before = [r.document for r in read([task], {whole.id: whole}, path)]
    after = [r.document for r in read([bare], {whole.id: whole}, path)]
    if [_silent(d) for d in before] != [_silent(d) for d in after]:
        raise DocumentError(
            Fault("cannot be dehydrated without changing a span.",
                  "Report this as a fault of newspan.", path, whole.id)
        )  # fmt: skip


def _silent(document: Document | None) -> Document | None:
    if document is None:
        return None
    bare = dehydrate(document)
    spans = tuple(msgspec.structs.replace(s, text=None, note=None) for s in bare.spans)
    article = msgspec.structs.replace(bare.article, text=None, title=None)
    return msgspec.structs.replace(bare, article=article, spans=spans)


def _notes(node: Any) -> int:
    """How many remarks on regions there are in a task, at any depth."""
    if isinstance(node, dict):
        meta = node.get("meta")
        held = meta.get("text") if isinstance(meta, dict) and "from_name" in node else None
        own = len(held) if isinstance(held, list) else int(isinstance(held, str))
        return own + sum(_notes(v) for v in node.values() if isinstance(v, dict | list))
    return sum(_notes(v) for v in node if isinstance(v, dict | list))
